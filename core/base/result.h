// Result<T, E>: either a value or a reason. Core reports every refusal this way; nothing throws across its
// interface.
#pragma once

#include <utility>
#include <variant>

#include "core/base/check.h"

namespace vmp {

template <class E>
struct Failure {
  E error;
};
template <class E>
Failure(E) -> Failure<E>;

template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
  Result(Failure<E> failure) : m_state(std::in_place_index<1>, std::move(failure.error)) {}

  bool ok() const { return m_state.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const {
    check(ok(), "Result::value() without a value");
    return *std::get_if<0>(&m_state);
  }
  T& value() {
    check(ok(), "Result::value() without a value");
    return *std::get_if<0>(&m_state);
  }
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const E& error() const {
    check(!ok(), "Result::error() without an error");
    return *std::get_if<1>(&m_state);
  }

 private:
  std::variant<T, E> m_state;
};

}  // namespace vmp
