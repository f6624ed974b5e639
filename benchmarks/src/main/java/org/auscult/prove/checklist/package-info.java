/**
 * Proves that each line of the checklists, and each safety rule, that is in force has a test, and
 * that the committed tables name those tests.
 *
 * <p>Read first: {@link org.auscult.prove.checklist.ChecklistProof}.
 *
 * <p>Must not know: the product's code. It reads sources as text.
 */
@NullMarked
package org.auscult.prove.checklist;

import org.jspecify.annotations.NullMarked;
