package org.auscult.server.model;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.auscult.model.Scorer;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.model.onnx.OnnxScorer;
import org.auscult.server.feature.ModelCheck;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;

/**
 * The ONNX files of models: a model becomes active only if its file is in the store, is the one
 * that the Library states, and takes and gives what the model says.
 */
final class ModelArtifacts implements ModelCheck {
  private static final String FILE = "Library.content.url";

  private final DaoRegistry daos;

  ModelArtifacts(DaoRegistry daos) {
    this.daos = daos;
  }

  @Override
  public List<Problem> problems(Library library, PredictionModel model) {
    List<Problem> problems = new ArrayList<>();
    String stated = model.sha256();
    if (stated == null) {
      problems.add(
          new Problem(
              "Library.extension('" + ModelUrls.ARTIFACT_SHA256 + "')",
              "the model does not state the SHA-256 of its ONNX file",
              "State it in lower-case hexadecimal."));
    }
    Optional<byte[]> file = file(library);
    if (file.isEmpty()) {
      problems.add(
          new Problem(
              FILE,
              "it names no Binary that is here",
              "Create the Binary with the ONNX file first, and name it: Binary/id."));
      return problems;
    }
    byte[] onnx = file.get();
    if (stated != null && !stated.equals(Sha256.of(onnx))) {
      problems.add(
          new Problem(
              FILE,
              "the file's SHA-256 is " + Sha256.of(onnx) + ", not the stated one",
              "Correct the statement, or store the right file."));
    }
    try (Scorer loaded = OnnxScorer.load(onnx, model.inputs().size(), model.outputs().size())) {
      return problems;
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(FILE, String.valueOf(e.getMessage()), "Correct the ONNX file."));
      return problems;
    }
  }

  /** The bytes that a model's Library names; empty if there are none. */
  Optional<byte[]> file(Library library) {
    String url = library.getContentFirstRep().getUrl();
    if (url == null || !"Binary".equals(new IdType(url).getResourceType())) {
      return Optional.empty();
    }
    try {
      Binary binary =
          daos.getResourceDao(Binary.class).read(new IdType(url), new SystemRequestDetails());
      return Optional.ofNullable(binary.getContent());
    } catch (BaseServerResponseException e) {
      return Optional.empty();
    }
  }
}
