package org.auscult.timeline.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.FactValue;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressType;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientCommunicationComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** A Patient's own elements as facts: each a code of {@link Demographics} with a value. */
final class PatientReader {
  private static final String US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";
  private static final String BIRTH_SEX = US_CORE + "birthsex";
  private static final String RACE = US_CORE + "race";
  private static final String ETHNICITY = US_CORE + "ethnicity";
  private static final String SEX_PARAMETER =
      "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse";

  /** What is true of a patient from the beginning counts at any time. */
  private static final Instant ALWAYS = Instant.parse("1800-01-01T00:00:00Z");

  private static final EffectiveTime SINCE_EVER =
      new EffectiveTime(ALWAYS, ALWAYS, null, Precision.INSTANT);

  /** Of what may be said several times, the first slot. */
  private static final int SEX_PARAMETERS = 10;

  private static final int LANGUAGES = 300;
  private static final int ADDRESSES = 500;

  /** No postal code is longer. */
  private static final int LONGEST_POSTAL_CODE = 12;

  private final FhirTime time;

  PatientReader(FhirTime time) {
    this.time = time;
  }

  /**
   * One element.
   *
   * @param slot its own among the Patient's elements
   */
  record Element(int slot, Code code, EffectiveTime effective, FactValue value) {
    static Element always(int slot, Code code, FactValue value) {
      return new Element(slot, code, SINCE_EVER, value);
    }
  }

  List<Element> read(Patient patient) {
    List<Element> elements = new ArrayList<>();
    String birthDate = patient.getBirthDateElement().getValueAsString();
    if (birthDate != null) {
      elements.add(Element.always(0, Demographics.BIRTH_DATE, new FactValue.Dated(birthDate)));
    }
    if (patient.getGender() != null) {
      Code gender =
          new Code("http://hl7.org/fhir/administrative-gender", patient.getGender().toCode());
      elements.add(Element.always(1, Demographics.GENDER, coded(List.of(gender))));
    }
    List<Code> birthSex = birthSex(patient);
    if (!birthSex.isEmpty()) {
      elements.add(Element.always(2, Demographics.BIRTH_SEX, coded(birthSex)));
    }
    sexParameters(patient, elements);
    deceased(patient).ifPresent(elements::add);
    if (Boolean.FALSE.equals(patient.getActiveElement().getValue())) {
      elements.add(Element.always(4, Demographics.INACTIVE, new FactValue.Truth(false)));
    }
    category(patient, RACE).ifPresent(v -> elements.add(Element.always(5, Demographics.RACE, v)));
    category(patient, ETHNICITY)
        .ifPresent(v -> elements.add(Element.always(6, Demographics.ETHNICITY, v)));
    languages(patient, elements);
    addresses(patient, elements);
    return elements;
  }

  /** All that are said; where they contradict each other, none of them counts. */
  private static List<Code> birthSex(Patient patient) {
    return patient.getExtensionsByUrl(BIRTH_SEX).stream()
        .map(Extension::getValue)
        .filter(PrimitiveType.class::isInstance)
        .map(Type::primitiveValue)
        .filter(code -> code != null && !code.isBlank())
        .map(
            code -> new Code("http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender", code))
        .distinct()
        .toList();
  }

  private void sexParameters(Patient patient, List<Element> elements) {
    int slot = SEX_PARAMETERS;
    for (Extension parameter : patient.getExtensionsByUrl(SEX_PARAMETER)) {
      EffectiveTime when =
          period(parameter)
              .flatMap(p -> time.state(p.getStartElement(), p.getEndElement()))
              .orElse(SINCE_EVER);
      for (Extension value : parameter.getExtensionsByUrl("value")) {
        if (value.getValue() instanceof CodeableConcept concept) {
          FactValue sex =
              new FactValue.Coded(FactProjector.codes(concept), FactProjector.display(concept));
          elements.add(new Element(slot++, Demographics.SEX_PARAMETER_FOR_CLINICAL_USE, when, sex));
        }
      }
    }
  }

  private static Optional<Period> period(Extension sexParameter) {
    return sexParameter.getExtensionsByUrl("period").stream()
        .map(Extension::getValue)
        .filter(Period.class::isInstance)
        .map(Period.class::cast)
        .findFirst();
  }

  private Optional<Element> deceased(Patient patient) {
    if (patient.getDeceased() instanceof BaseDateTimeType date && date.getValueAsString() != null) {
      // Of a partial date the earliest instant: on the day of a death there is no card either.
      EffectiveTime when =
          time.measured(date)
              .map(w -> new EffectiveTime(w.from(), w.from(), w.until(), w.precision()))
              .orElse(SINCE_EVER);
      return Optional.of(
          new Element(
              3, Demographics.DECEASED, when, new FactValue.Dated(date.getValueAsString())));
    }
    return patient.getDeceased() instanceof BooleanType truth
            && Boolean.TRUE.equals(truth.getValue())
        ? Optional.of(Element.always(3, Demographics.DECEASED, new FactValue.Truth(true)))
        : Optional.empty();
  }

  /** US Core's race or ethnicity: its broad and its detailed codes together. */
  private static Optional<FactValue> category(Patient patient, String url) {
    List<Extension> parts =
        patient.getExtensionsByUrl(url).stream().flatMap(e -> e.getExtension().stream()).toList();
    List<Code> codes =
        parts.stream()
            .filter(e -> "ombCategory".equals(e.getUrl()) || "detailed".equals(e.getUrl()))
            .map(Extension::getValue)
            .filter(Coding.class::isInstance)
            .map(Coding.class::cast)
            .filter(c -> FactProjector.isCode(c.getSystem(), c.getCode()))
            .map(c -> new Code(Objects.requireNonNullElse(c.getSystem(), ""), c.getCode()))
            .distinct()
            .toList();
    String text =
        parts.stream()
            .filter(e -> "text".equals(e.getUrl()) && e.getValue() != null)
            .map(e -> e.getValue().primitiveValue())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return codes.isEmpty() && text == null
        ? Optional.empty()
        : Optional.of(new FactValue.Coded(codes, text));
  }

  /** The preferred ones; all, if none is said to be preferred. */
  private static void languages(Patient patient, List<Element> elements) {
    List<PatientCommunicationComponent> preferred =
        patient.getCommunication().stream()
            .filter(c -> Boolean.TRUE.equals(c.getPreferredElement().getValue()))
            .toList();
    int slot = LANGUAGES;
    for (PatientCommunicationComponent one :
        preferred.isEmpty() ? patient.getCommunication() : preferred) {
      List<Code> codes = new ArrayList<>(FactProjector.codes(one.getLanguage()));
      for (Code code : List.copyOf(codes)) {
        int hyphen = code.code().indexOf('-');
        if (hyphen > 0) {
          codes.add(new Code(code.system(), code.code().substring(0, hyphen)));
        }
      }
      if (!one.getLanguage().isEmpty()) {
        FactValue value =
            new FactValue.Coded(
                codes.stream().distinct().toList(), FactProjector.display(one.getLanguage()));
        elements.add(Element.always(slot++, Demographics.LANGUAGE, value));
      }
    }
  }

  /** Where somebody lives: not old, temporary, billing or working addresses, nor mail boxes. */
  private void addresses(Patient patient, List<Element> elements) {
    int slot = ADDRESSES;
    for (Address address : patient.getAddress()) {
      boolean isHome = address.getUse() == null || address.getUse() == AddressUse.HOME;
      if (isHome && address.getType() != AddressType.POSTAL) {
        EffectiveTime when = when(address.getPeriod());
        List<Code> state = words(address.getState());
        List<Code> country = words(address.getCountry());
        List<Code> postal = beginnings(address.getPostalCode());
        if (!state.isEmpty()) {
          elements.add(new Element(slot, Demographics.STATE, when, coded(state)));
        }
        if (!postal.isEmpty()) {
          elements.add(new Element(slot + 1, Demographics.POSTAL_CODE, when, coded(postal)));
        }
        if (!country.isEmpty()) {
          elements.add(new Element(slot + 2, Demographics.COUNTRY, when, coded(country)));
        }
      }
      slot += 3;
    }
  }

  private EffectiveTime when(Period period) {
    EffectiveTime begun = time.state(period.getStartElement(), null).orElse(SINCE_EVER);
    return new EffectiveTime(
        begun.from(),
        begun.visibleFrom(),
        time.end(period.getEndElement()).orElse(null),
        begun.precision());
  }

  private static List<Code> words(@Nullable String text) {
    String upper = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
    return FactProjector.isCode(null, upper)
        ? List.of(new Code(Demographics.ADDRESS, upper.replaceAll("\\s+", " ")))
        : List.of();
  }

  private static List<Code> beginnings(@Nullable String text) {
    String code = text == null ? "" : text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    List<Code> codes = new ArrayList<>();
    if (code.length() <= LONGEST_POSTAL_CODE) {
      for (int end = code.length(); end > 0; end--) {
        codes.add(new Code(Demographics.ADDRESS, code.substring(0, end)));
      }
    }
    return codes;
  }

  private static FactValue coded(List<Code> codes) {
    return new FactValue.Coded(codes, null);
  }
}
