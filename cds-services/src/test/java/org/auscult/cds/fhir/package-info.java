@NullMarked
package org.auscult.cds.fhir;

import org.jspecify.annotations.NullMarked;
