/**
 * What a CDS service shows, on which hooks, by which models: one version of it, as plain records.
 */
@NullMarked
package org.auscult.deployment;

import org.jspecify.annotations.NullMarked;
