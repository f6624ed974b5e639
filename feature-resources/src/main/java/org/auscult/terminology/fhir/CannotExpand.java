package org.auscult.terminology.fhir;

/** Why a ValueSet cannot be expanded wholly; its message is for who wrote it. */
final class CannotExpand extends Exception {
  private static final long serialVersionUID = 1L;

  CannotExpand(String message) {
    super(message);
  }
}
