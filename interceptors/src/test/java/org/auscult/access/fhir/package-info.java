@org.jspecify.annotations.NullMarked
package org.auscult.access.fhir;
