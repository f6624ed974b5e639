/**
 * Proves that a row of a training set is what a card would have been made of: golden cases over
 * HTTP, asked online and as a data set.
 *
 * <p>Read first: {@link org.auscult.prove.training.TrainingProof}.
 *
 * <p>Must not know: how the product reads, stores or evaluates. It sees FHIR JSON over HTTP and
 * files of golden cases.
 */
@NullMarked
package org.auscult.prove.training;

import org.jspecify.annotations.NullMarked;
