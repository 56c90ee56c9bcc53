// ClonePtr<T>: owns a polymorphic T and copies it by T::clone(), so that a class holding one stays a plain
// value.
#pragma once

#include <memory>
#include <utility>

namespace vmp {

template <class T>
class ClonePtr {
 public:
  ClonePtr() = default;
  explicit ClonePtr(std::unique_ptr<T> pointer) : m_pointer(std::move(pointer)) {}
  ClonePtr(const ClonePtr& other) : m_pointer(other.m_pointer ? other.m_pointer->clone() : nullptr) {}
  ClonePtr(ClonePtr&&) noexcept = default;
  ClonePtr& operator=(const ClonePtr& other) {
    if (this != &other) m_pointer = other.m_pointer ? other.m_pointer->clone() : nullptr;
    return *this;
  }
  ClonePtr& operator=(ClonePtr&&) noexcept = default;
  ~ClonePtr() = default;

  T& operator*() { return *m_pointer; }
  const T& operator*() const { return *m_pointer; }
  T* operator->() { return m_pointer.get(); }
  const T* operator->() const { return m_pointer.get(); }

 private:
  std::unique_ptr<T> m_pointer;
};

}  // namespace vmp
