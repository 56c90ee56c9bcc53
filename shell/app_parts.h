// What the app is made of: the session, the interface's state, time, and what is under way. Requests of the
// views are done here, after the frame that made them.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "shell/app.h"
#include "shell/image_file.h"
#include "shell/present/completion.h"
#include "shell/present/twin.h"
#include "shell/session.h"
#include "shell/swap_keeper.h"
#include "shell/trace_import.h"
#include "shell/ui/context.h"

namespace vmp {

struct App::Parts {
  Parts(Platform& platform_given, AppOptions options);

  void open_file(std::string name, std::string bytes);
  void load_built_in(const std::string& name);
  void load_text(const std::string& name, std::string_view text);
  void work_on_import();

  // Time: playing, and the path of a step that is being drawn.
  void advance_time(float seconds);
  bool moving() const;
  bool importing() const { return m_import.has_value(); }
  float motion() const;  // how far the path is drawn, 0 to 1
  void step_forward();   // or, while predictions are asked for, to the question before the step
  void toggle_play();

  // Brings the comparison of machines in line with the session, while it is on screen (app_setup.cpp).
  void refresh_comparison();
  // A tour with nothing to point at goes where the lesson has begun, and back at its end (app_tour.cpp).
  void refresh_tour();
  // Brings what may be forked into in line with the session (app_branch.cpp).
  void refresh_branches();
  std::string branch_text() const;
  std::string tour_text() const;
  // Brings the question in line with the session (app_predict.cpp).
  void refresh_prediction();
  // For the state's text; empty unless predictions are asked for.
  std::string prediction_text() const;
  // Brings the model in line with the session.
  void refresh_model();
  void open_detail(ui::DetailTab tab);
  // Adds to the model what costs too much to be made for every step, while it is on screen.
  void refresh_details();
  // Colours and sizes chosen in this frame are kept for the next visit.
  void keep_appearance();
  void choose_plot(int by);
  void move_on_plot(int by);
  // After a frame of that size: where a picture of it is to be taken (app_plots.cpp).
  std::optional<Rect> picture_due(float width, float height);
  void picture_taken(const Picture& picture);
  // True if the interface changed by itself in this frame, so that another has to follow.
  bool note_look();

  // The page's text twin (app_twin.cpp).
  Twin make_twin();
  std::uint64_t twin_version() const;

  // The console (app_console.cpp). Gives a line: a sentence if it was not accepted.
  std::optional<std::string> run_console(std::string_view line);
  Completion complete_line(std::string_view line, std::size_t cursor);
  void refresh_console();
  void handle(const ui::OpenConsole&);
  void handle(const ui::GiveLine&);

  void handle(const ui::Forward&) { step_forward(); }
  void handle(const ui::Back&);
  void handle(const ui::Seek& seek);
  void handle(const ui::TogglePlay&) { toggle_play(); }
  void handle(ui::RunStep& run);
  void handle(const ui::ChooseScenario& choice);
  void handle(const ui::OpenFile&) { platform.open_file_dialog(); }
  void handle(const ui::CopyScenario&);
  void handle(const ui::SaveScenario&);
  void handle(const ui::SavePlot&);
  void handle(const ui::SavePicture& save);
  void handle(const ui::ShowText&);
  void handle(const ui::RestoreLesson&);
  void handle(const ui::ContinueWork&);
  void handle(const ui::ForgetWork&);
  void handle(const ui::CancelImport&);
  void handle(const ui::ChooseSwapDevice& choice);
  void handle(const ui::ChangeMachine& change);
  void handle(const ui::UndoMachine&);
  void handle(const ui::RedoMachine&);
  void handle(const ui::ForkInto& fork);
  void handle(const ui::CompareMachines&);
  void handle(const ui::ShowBeat& show);
  void handle(const ui::TakeFuture& take);
  void handle(const ui::SwitchPrediction&);
  void handle(const ui::Predict& given);
  void handle(const ui::Say& say) { platform.announce(say.text); }
  void handle(const ui::DismissBanner&) { state.banner.reset(); }

  // The swap device that outlives the program (app_swap.cpp). Storage that fails is left, with the reason.
  void leave_kept_swap(const std::string& why);

  Platform& platform;
  Session session;
  ui::Type type;
  ui::UiState state;
  Model model;
  TwinState twin;  // only what is its own: where long tables are open, which sections are
  bool look_changed = true;

 private:
  // Finds out where swapped pages can be kept; true if a session that was kept with them is back. `trouble`:
  // a sentence, if what was kept is not to be had.
  bool begin_swap(const AppOptions& options, std::string& trouble);
  std::optional<std::string> use_kept_swap();
  void use_memory_swap();
  bool resume(const KeptSession& kept);
  void settle_swap();
  void machine_changed();
  void compare_futures(const MachineConfig& left, BranchChoice right);
  void refresh_plots();
  bool work_on_references();
  bool references_wait() const;  // they are looked at, and not all replayed
  void tell_plot();
  std::string file_name(std::string_view what, std::string_view ending) const;
  void make_step();
  void open_window(const std::string& name);
  void offer_tour(const AppOptions& options, bool resumed);
  bool find_question();
  void reveal(std::optional<std::size_t> chosen);
  void forget_answers();
  void show_error(std::string text);
  void show_note(std::string text);
  void go_to_first_step();
  void arrived();  // the position changed: stop or start the motion, say the headline
  void save();
  void forget_look();  // what was selected, scrolled to and said about the scenario before
  void open_elf(const std::string& name, std::string_view bytes);
  std::shared_ptr<const Trace> find_trace(std::string_view name);
  FileBytes find_file(std::string_view name) const;

  std::optional<std::uint64_t> m_model_version;
  Platform::SwapFolder m_swap_folder;
  std::optional<SwapKeeper> m_swap_keeper;      // while swapped pages are kept
  std::optional<std::uint64_t> m_last_gesture;  // that changed the machine
  std::optional<std::uint64_t> m_compared_version;
  struct Futures {
    FutureRun left;
    FutureRun right;
    BranchChoice choice;
  };
  std::optional<Futures> m_futures;  // while they are compared
  std::optional<std::uint64_t> m_choices_version;
  std::optional<std::size_t> m_toured_from;  // where the session stood
  std::optional<std::uint64_t> m_completed;  // the line, cursor and machine the offers were made for
  std::optional<std::uint64_t> m_predicted_version;
  Viewpoint m_predicted_for = Viewpoint::Machine;
  std::set<std::size_t> m_steps_answered;
  std::chrono::milliseconds m_rebuild_time{0};  // of the last other machine
  struct PlotKey {
    std::uint64_t version = 0;
    PlotId shown = PlotId::Resident;
    PlotSum sum = PlotSum::EachStep;
    bool operator==(const PlotKey&) const = default;
  };
  struct WantedPicture {
    std::optional<Rect> area;
    std::string name;
    int frames = 0;  // to be drawn first
  };
  PlotKey m_plot_key;                          // of the plot in the model
  std::unique_ptr<ReferenceRun> m_references;  // m_ratios refers to it
  std::optional<MissRatios> m_ratios;
  std::optional<std::uint64_t> m_references_version;
  std::uint64_t m_references_identity = 0;
  std::optional<WantedPicture> m_picture;
  std::optional<TraceImport> m_import;
  std::optional<std::string> m_saved_work;  // offered at the start
  std::vector<std::shared_ptr<const Trace>> m_traces;
  std::map<std::string, FileBytes, std::less<>> m_files;  // programs opened so far
  float m_step_age = 1000;                                // seconds since the last step forward
  std::optional<std::size_t> m_first_step;                // where the first file that is opened stands
  Appearance m_kept_appearance;                           // as the settings have it
  bool m_keep_work = true;  // false once a recording that no text can hold is shown
  Target m_last_hover;
};

// The keyboard, where no popup is open.
void handle_keys(App::Parts& parts);

}  // namespace vmp
