/**
 * Training sets: rows of features and labels of many patients, each as of its own index time, made
 * by the same evaluator as a card's.
 *
 * <p>Read first: {@link org.auscult.training.RowMaker}.
 *
 * <p>Must not know: databases, jobs, files' formats that need a library of their own.
 */
@NullMarked
package org.auscult.training;

import org.jspecify.annotations.NullMarked;
