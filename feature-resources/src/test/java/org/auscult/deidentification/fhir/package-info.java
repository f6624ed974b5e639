@NullMarked
package org.auscult.deidentification.fhir;

import org.jspecify.annotations.NullMarked;
