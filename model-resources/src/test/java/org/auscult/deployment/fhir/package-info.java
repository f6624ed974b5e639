@NullMarked
package org.auscult.deployment.fhir;

import org.jspecify.annotations.NullMarked;
