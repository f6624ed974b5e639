/**
 * The benchmarks: {@code ./auscult bench}. Each measures ours beside a peer and the floor, in the
 * same run and in turns, so that its ratios mean something on any machine.
 *
 * <p>Read first: {@link org.auscult.bench.HookBench}.
 *
 * <p>Must not know: anything of the product but its HTTP interface, its command, and the files of
 * its guide.
 */
@NullMarked
package org.auscult.bench;

import org.jspecify.annotations.NullMarked;
