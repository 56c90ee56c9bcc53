// The program recorded in matrix.lackey: sums a matrix by rows, then by columns. Both give the same sum; only the order
// of the addresses differs. A row fills one page, so the row order finishes a page before it goes on, and the column
// order leaves the page after each addition. Every 32nd column is enough to see it, and keeps the recording short.
//
// It is freestanding, without a C library, so that the recording is the loops and little else:
//   cc -O1 -static -nostdlib -fno-pie -no-pie -fno-stack-protector -fcf-protection=none -o matrix matrix.c
//   setarch -R valgrind --tool=lackey --trace-mem=yes --log-file=matrix.lackey ./matrix
enum { kRows = 16, kColumns = 1024, kStride = 32 };

static int matrix[kRows][kColumns] __attribute__((aligned(4096)));

static int sum_by_rows(void) {
  int sum = 0;
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; column += kStride) sum += matrix[row][column];
  }
  return sum;
}

static int sum_by_columns(void) {
  int sum = 0;
  for (int column = 0; column < kColumns; column += kStride) {
    for (int row = 0; row < kRows; ++row) sum += matrix[row][column];
  }
  return sum;
}

static void leave(int status) {
  __asm__ volatile("syscall" : : "a"(60), "D"(status));
  __builtin_unreachable();
}

__attribute__((force_align_arg_pointer)) void _start(void) {
  for (int row = 0; row < kRows; ++row) matrix[row][0] = row;
  leave(sum_by_rows() == sum_by_columns() ? 0 : 1);
}
