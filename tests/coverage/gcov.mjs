// What gcov counted, line by line and branch by branch.
//
// gcov's JSON is read instead of its text (and so no ready report generator): the text that gcov 12 writes does not say
// of a branch whether it is a throw's once its line was never reached, and it cannot tell the instances of a template
// apart.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const filesEndingIn = (folder, suffix) =>
  readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(suffix)).map((file) => join(folder, file));

export const countsIn = (build) => filesEndingIn(build, '.gcda');

// The notes of files that were since removed stay in an old build folder: DIR/CMakeFiles/TARGET.dir/a.cpp.gcno is DIR/a.cpp.
function notesIn(build) {
  return filesEndingIn(build, '.gcno').filter((note) => {
    const source = relative(build, note).replace(/CMakeFiles\/[^/]+\.dir\//, '').replace(/\.gcno$/, '');
    return existsSync(source) || existsSync(join(build, source));
  });
}

// gcov's answers about some notes; a file that ran nothing has no counts, and gcov says zero for all of it.
async function gcov(notes, build) {
  const program = process.env.GCOV ?? 'gcov';
  const options = ['--json-format', '--stdout', '--branch-probabilities', ...notes.map((note) => relative(build, note))];
  const { stdout } = await promisify(execFile)(program, options, { cwd: build, maxBuffer: 1 << 30 });
  return stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

// One line of a source: how often it was reached, and how often each of its branches was taken.
class Line {
  reached = 0;
  #branches = new Map();

  // A line is compiled once for each file that includes it and for each instance of its template. Those whose
  // function starts at the same place and that have as many branches are the same branches.
  add(line, start) {
    this.reached += line.count;
    const taken = line.branches.filter((branch) => !branch.throw).map((branch) => branch.count);
    const same = `${start} ${taken.length}`;
    const before = this.#branches.get(same);
    this.#branches.set(same, before ? before.map((count, i) => count + taken[i]) : taken);
  }

  get branches() {
    return [...this.#branches.values()].flat();
  }
}

// The lines of the files below `folder` that hold code: file -> line number -> Line.
export async function coverageOf(folder, build) {
  const notes = notesIn(build);
  const share = Math.ceil(notes.length / availableParallelism());
  const shares = [];
  for (let i = 0; i < notes.length; i += share) shares.push(gcov(notes.slice(i, i + share), build));
  const coverage = new Map();
  for (const unit of (await Promise.all(shares)).flat()) {
    for (const source of unit.files) {
      const file = relative('.', resolve(unit.current_working_directory, source.file));
      if (!file.startsWith(`${folder}/`)) continue;
      const starts = new Map(source.functions.map((each) => [each.name, `${each.start_line}:${each.start_column}`]));
      if (!coverage.has(file)) coverage.set(file, new Map());
      const lines = coverage.get(file);
      for (const line of source.lines) {
        if (!lines.has(line.line_number)) lines.set(line.line_number, new Line());
        lines.get(line.line_number).add(line, starts.get(line.function_name));
      }
    }
  }
  return coverage;
}
