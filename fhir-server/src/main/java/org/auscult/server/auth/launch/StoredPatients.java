package org.auscult.server.auth.launch;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auscult.server.auth.user.User;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * The patients of our store. The access policy says whose records a user may open, by sites and
 * care teams, and who withholds the own record, so it is asked about those who match; a search that
 * matches very many is cut short.
 */
public final class StoredPatients implements PatientDirectory {
  /** More who match are not sought: no person reads them. */
  private static final int MOST = 1_000;

  private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  private final IFhirResourceDao<Patient> patients;
  private final LaunchReach reach;

  public StoredPatients(IFhirResourceDao<Patient> patients, LaunchReach reach) {
    this.patients = patients;
    this.reach = reach;
  }

  @Override
  public Page find(User user, Question question, int number) {
    try {
      return question.isEmpty() || !isPlain(question)
          ? Page.NONE
          : page(user, matching(question), number);
    } catch (DataFormatException | InvalidRequestException e) {
      // A date that is none: nobody was born then.
      return Page.NONE;
    }
  }

  private static boolean isPlain(Question question) {
    String all = question.name() + question.identifier() + question.birthDate();
    return all.length() <= 300
        && all.chars().noneMatch(Character::isISOControl)
        && (question.birthDate().isBlank() || DATE.matcher(question.birthDate().strip()).matches());
  }

  /** Ids by family name, one more than will be looked at if there are so many. */
  private List<String> matching(Question question) {
    SearchParameterMap search = search(question);
    search.setLoadSynchronousUpTo(MOST + 1);
    search.setSort(
        new SortSpec(Patient.SP_FAMILY)
            .setChain(new SortSpec(Patient.SP_GIVEN).setChain(new SortSpec(Constants.PARAM_ID))));
    return patients.searchForResourceIds(search, new SystemRequestDetails()).stream()
        .map(IIdType::getIdPart)
        .distinct()
        .toList();
  }

  private static SearchParameterMap search(Question question) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
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

  private Page page(User user, List<String> matching, int number) {
    List<String> sought = matching.subList(0, Math.min(MOST, matching.size()));
    Set<String> near = reach.visible(user, sought);
    List<String> offered = sought.stream().filter(near::contains).toList();
    int last = Math.max(1, (offered.size() + PAGE - 1) / PAGE);
    int page = Math.max(1, Math.min(number, last));
    int from = (page - 1) * PAGE;
    return new Page(
        read(offered.subList(from, Math.min(from + PAGE, offered.size()))),
        page,
        offered.size(),
        sought.size() == matching.size());
  }

  @Override
  public @Nullable Found get(User user, String id) {
    if (!ID.matcher(id).matches() || !reach.visible(user, List.of(id)).contains(id)) {
      return null;
    }
    List<Found> found = read(List.of(id));
    return found.isEmpty() ? null : found.get(0);
  }

  private List<Found> read(List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    TokenOrListParam any = new TokenOrListParam();
    ids.forEach(id -> any.add(new TokenParam(id)));
    SearchParameterMap search = SearchParameterMap.newSynchronous().add(Constants.PARAM_ID, any);
    search.setLoadSynchronousUpTo(ids.size());
    Map<String, Found> found =
        patients.searchForResources(search, new SystemRequestDetails()).stream()
            .map(StoredPatients::asFound)
            .collect(Collectors.toMap(Found::id, patient -> patient));
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
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
            .filter(Objects::nonNull)
            .toList());
  }
}
