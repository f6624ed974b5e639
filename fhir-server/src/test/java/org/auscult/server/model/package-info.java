/** Tests of models in the FHIR store. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.model;
