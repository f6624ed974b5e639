/**
 * People who look at labels: plans, the Tasks that ask, the answers, what follows from them, and
 * how good labels are by them.
 *
 * <p>Read first: {@link org.auscult.server.adjudication.AdjudicationRound}, {@link
 * org.auscult.server.adjudication.AdjudicationAnswers}.
 *
 * <p>Must not know: how labels are made.
 */
@NullMarked
package org.auscult.server.adjudication;

import org.jspecify.annotations.NullMarked;
