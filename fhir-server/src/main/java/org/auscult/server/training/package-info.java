/**
 * Data sets for training: jobs that several nodes share, their files, and the operations around
 * them.
 *
 * <p>Read first: {@link org.auscult.server.training.TrainingRun}, then {@link
 * org.auscult.server.training.TrainingSets}.
 *
 * <p>Must not know: hooks, deployments.
 */
@NullMarked
package org.auscult.server.training;

import org.jspecify.annotations.NullMarked;
