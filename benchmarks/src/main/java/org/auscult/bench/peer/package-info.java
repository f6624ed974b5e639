/**
 * HAPI alone, in a process of its own: the same storage and the same wiring as ours, none of our
 * interceptors, and HAPI's own CDS Hooks module with one service written as its users would.
 */
@NullMarked
package org.auscult.bench.peer;

import org.jspecify.annotations.NullMarked;
