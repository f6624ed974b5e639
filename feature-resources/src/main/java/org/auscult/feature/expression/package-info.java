/**
 * The small language of derived features: arithmetic over other features, with units checked when a
 * definition is registered. It cannot loop, call out, or see anything but the values it names.
 */
@NullMarked
package org.auscult.feature.expression;

import org.jspecify.annotations.NullMarked;
