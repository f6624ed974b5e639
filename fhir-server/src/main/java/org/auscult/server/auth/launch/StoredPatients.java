package org.auscult.server.auth.launch;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.regex.Pattern;
import org.auscult.server.auth.user.User;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * The patients of our store. Staff find those whom one of their sites manages; where there is one
 * site only, all.
 */
public final class StoredPatients implements PatientDirectory {
  private static final int MOST = 20;
  private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

  /** Whose patients a user finds. */
  public enum Reach {
    OWN_SITES,
    ALL
  }

  private final IFhirResourceDao<Patient> patients;
  private final Reach reach;

  public StoredPatients(IFhirResourceDao<Patient> patients, Reach reach) {
    this.patients = patients;
    this.reach = reach;
  }

  @Override
  public List<Found> find(User user, Question question) {
    try {
      return question.isEmpty() || isOfNoSite(user) || !isPlain(question)
          ? List.of()
          : found(search(user, question));
    } catch (DataFormatException | InvalidRequestException e) {
      // A date that is none: nobody was born then.
      return List.of();
    }
  }

  private static boolean isPlain(Question question) {
    String all = question.name() + question.identifier() + question.birthDate();
    return all.length() <= 300
        && all.chars().noneMatch(Character::isISOControl)
        && (question.birthDate().isBlank() || DATE.matcher(question.birthDate()).matches());
  }

  private SearchParameterMap search(User user, Question question) {
    SearchParameterMap search = within(user);
    if (!question.name().isBlank()) {
      for (String part : question.name().strip().split("\\s+")) {
        search.add(Patient.SP_NAME, new StringParam(part));
      }
    }
    if (!question.identifier().isBlank()) {
      search.add(Patient.SP_IDENTIFIER, new TokenParam(question.identifier().strip()));
    }
    if (!question.birthDate().isBlank()) {
      search.add(Patient.SP_BIRTHDATE, new DateParam(question.birthDate().strip()));
    }
    return search;
  }

  @Override
  public @Nullable Found get(User user, String id) {
    if (isOfNoSite(user) || !id.matches("[A-Za-z0-9.-]{1,64}")) {
      return null;
    }
    List<Found> found = found(within(user).add("_id", new TokenParam(id)));
    return found.isEmpty() ? null : found.get(0);
  }

  private boolean isOfNoSite(User user) {
    return reach == Reach.OWN_SITES && user.sites().isEmpty();
  }

  private SearchParameterMap within(User user) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.setLoadSynchronousUpTo(MOST);
    if (reach == Reach.OWN_SITES) {
      ReferenceOrListParam sites = new ReferenceOrListParam();
      user.sites().forEach(site -> sites.add(new ReferenceParam("Organization/" + site)));
      search.add(Patient.SP_ORGANIZATION, sites);
    }
    return search;
  }

  private List<Found> found(SearchParameterMap search) {
    return patients.searchForResources(search, new SystemRequestDetails()).stream()
        .map(StoredPatients::asFound)
        .toList();
  }

  private static Found asFound(Patient patient) {
    String birthDate = patient.getBirthDateElement().getValueAsString();
    return new Found(
        patient.getIdElement().getIdPart(),
        patient.getNameFirstRep().getNameAsSingleString(),
        birthDate == null ? "" : birthDate,
        patient.hasGender() ? patient.getGender().getDisplay() : "",
        patient.getIdentifier().stream()
            .map(Identifier::getValue)
            .filter(java.util.Objects::nonNull)
            .toList());
  }
}
