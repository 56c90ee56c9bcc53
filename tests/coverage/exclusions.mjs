// The lines of core/hw and core/os that no test can reach, each with its reason. `line` is the line's own text, without
// the space around it. An exclusion that names no such line, or one that a test reaches, fails.
const handler = 'core/os/fault_handler.cpp';
const needsNoFrame = 'a switch must name the causes that were answered before it, because they need no new frame';

const walk = 'core/hw/walk.h';
const endsAtLeaf = 'the last level holds leaves and refusals only, which no compiler can know';

export const exclusions = [
  { file: handler, line: 'case FaultCause::ZeroPage:', why: needsNoFrame },
  { file: handler, line: 'check(false, "this cause needs no new frame");', why: needsNoFrame },
  { file: walk, line: 'check(false, "a walk ends at level 0");', why: endsAtLeaf },
  { file: walk, line: 'return refuse(FaultKind::NotPresent, 0);', why: endsAtLeaf },
  {
    file: 'core/hw/tracer.h',
    line: 'void record(const HardwareEvent&) {}',
    why: 'that no call of it is compiled is what the null tracer is for',
  },
];
