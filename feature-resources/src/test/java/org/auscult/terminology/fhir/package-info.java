@NullMarked
package org.auscult.terminology.fhir;

import org.jspecify.annotations.NullMarked;
