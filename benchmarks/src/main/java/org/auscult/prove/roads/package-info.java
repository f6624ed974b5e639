/**
 * Proves that a card does not depend on the road by which its data came, and that no road leads
 * where it must not.
 *
 * <p>Read first: {@link org.auscult.prove.roads.RoadsProof}.
 *
 * <p>Must not know: the product's code. It sees HTTP, a log and files.
 */
@NullMarked
package org.auscult.prove.roads;

import org.jspecify.annotations.NullMarked;
