/**
 * Proves that nothing leaks into a vector: what lies in the future, and what the record learnt
 * later, changes no feature of before, whatever its operator.
 *
 * <p>Read first: {@link org.auscult.prove.leakage.LeakageProof}.
 *
 * <p>Must not know: how the product reads, stores or evaluates, nor what a vector should be; {@code
 * prove asof} says that. Here two vectors are compared that must be the same.
 */
@NullMarked
package org.auscult.prove.leakage;

import org.jspecify.annotations.NullMarked;
