@NullMarked
package org.auscult.golden.fhir;

import org.jspecify.annotations.NullMarked;
