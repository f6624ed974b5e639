package org.auscult.server.auth.ehr;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.caller.HttpCallerRecord;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Wanted;
import org.auscult.cds.hook.PatientMatch;
import org.auscult.prediction.CardId;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Subject;
import org.auscult.server.auth.launch.Launch;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.Encounter;
import org.jspecify.annotations.Nullable;

/**
 * Confirms the patient of a launch by the EHR's own record, and says who of ours it is (safety
 * rules 1 and 28). The EHR's access token is used here, for its server alone, and then forgotten.
 */
final class EhrPatients {
  private static final String KEY = "patient";

  private final HttpCallerRecord record;
  private final PatientMatch match;
  private final PredictionJournal journal;
  private final IFhirResourceDao<Encounter> encounters;

  EhrPatients(
      HttpCallerRecord record,
      PatientMatch match,
      PredictionJournal journal,
      IFhirResourceDao<Encounter> encounters) {
    this.record = record;
    this.match = match;
    this.journal = journal;
    this.encounters = encounters;
  }

  /**
   * The context of a launch in our record.
   *
   * @param fhirServer canonical base URL
   */
  Launch launch(String fhirServer, EhrAnswer answer) throws LaunchRefused {
    JsonNode patient = read(fhirServer, answer);
    if (!patient.path("resourceType").asText().equals("Patient")
        || !patient.path("id").asText().equals(answer.patient())) {
      throw new LaunchRefused(LaunchProblem.PATIENT);
    }
    String ours =
        match
            .find(fhirServer, answer.patient(), patient)
            .orElseThrow(() -> new LaunchRefused(LaunchProblem.UNKNOWN_PATIENT));
    String card = answer.appContext();
    if (card != null && !isAbout(card, ours, new Subject(fhirServer, answer.patient()))) {
      throw new LaunchRefused(LaunchProblem.CARD);
    }
    return new Launch(
        ours,
        encounter(fhirServer, answer.encounter(), ours),
        List.of(),
        null,
        answer.needPatientBanner(),
        null,
        card);
  }

  private JsonNode read(String fhirServer, EhrAnswer answer) throws LaunchRefused {
    Fetched fetched =
        record
            .read(
                new CallerAccess(fhirServer, answer.access()),
                List.of(new Wanted(KEY, ResourceKind.PATIENT, "Patient/" + answer.patient(), null)))
            .get(KEY);
    if (fetched == null || fetched.pages().isEmpty()) {
      throw new LaunchRefused(LaunchProblem.UNREACHABLE);
    }
    return fetched.pages().get(0);
  }

  /** A card that was shown, of a prediction about this patient. */
  private boolean isAbout(String card, String ours, Subject there) {
    try {
      UUID id = UUID.fromString(card);
      return journal
          .find(CardId.journal(id))
          .filter(entry -> entry.shows(CardId.number(id)))
          .filter(
              entry ->
                  entry.subject().equals(there) || entry.subject().equals(new Subject("", ours)))
          .isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Where ids are not ours, or the visit is not this patient's, there is none. */
  private @Nullable String encounter(String fhirServer, @Nullable String id, String patient) {
    if (id == null || !match.idsAreOurs(fhirServer)) {
      return null;
    }
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("_id", new TokenParam(id));
    search.add(Encounter.SP_PATIENT, new ReferenceParam("Patient/" + patient));
    return encounters.search(search, new SystemRequestDetails()).isEmpty() ? null : id;
  }
}
