/**
 * The life of a definition: its versions, what changes between two of them, what it says in words.
 *
 * <p>Read first: {@link org.auscult.feature.life.Effect}.
 *
 * <p>Must not know: FHIR, how definitions are stored.
 */
@NullMarked
package org.auscult.feature.life;

import org.jspecify.annotations.NullMarked;
