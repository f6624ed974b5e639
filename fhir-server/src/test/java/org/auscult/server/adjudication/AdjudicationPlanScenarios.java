package org.auscult.server.adjudication;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.Objects;
import org.auscult.server.KnownCaller;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationContext;

/** What holds of plans and of what is asked, on either database. */
final class AdjudicationPlanScenarios extends Adjudicating {
  AdjudicationPlanScenarios(IGenericClient client, KnownCaller caller, ApplicationContext context) {
    super(client, caller, context);
  }

  /** Drafts may be wrong; what is to be active is refused with all reasons, and then stays. */
  void aPlanIsActiveOnlyIfItIsWhole() {
    PlanDefinition plan = planted.draft(1, 0, 0);
    plan.getExtensionByUrl(AdjudicationUrls.SEED).setValue(null);
    plan.getExtensionByUrl(AdjudicationUrls.WINDOW).setValue(new CanonicalType("quarter"));
    plan.getExtensionByUrl(AdjudicationUrls.CHOICE)
        .getExtensionByUrl("count")
        .setValue(new IntegerType(0));
    plan.getExtensionByUrl(AdjudicationUrls.GUIDELINE).getExtensionByUrl("sha256").setValue(null);
    plan.getExtension().removeIf(e -> e.getUrl().equals(AdjudicationUrls.ANSWER));
    plan.getExtension()
        .removeAll(plan.getExtensionsByUrl(AdjudicationUrls.PERFORMER).subList(0, 2));
    assertThat(reasons(refusal(() -> client.create().resource(plan).execute()))).hasSize(6);
    plan.setStatus(PublicationStatus.DRAFT);
    client.create().resource(plan).execute();

    PlanDefinition elsewhere = planted.draft(1, 0, 0);
    elsewhere
        .getExtensionByUrl(AdjudicationUrls.OUTCOME)
        .setValue(new CanonicalType("https://example.org/none|1"));
    elsewhere
        .getExtensionByUrl(AdjudicationUrls.FORM)
        .setValue(new CanonicalType("https://example.org/none|1"));
    elsewhere
        .getExtensionsByUrl(AdjudicationUrls.PERFORMER)
        .get(0)
        .setValue(new Reference("Practitioner/none"));
    assertThat(reasons(refusal(() -> client.create().resource(elsewhere).execute()))).hasSize(3);

    PlanDefinition whole = planted.draft(1, 0, 0);
    assertThat(errors(whole)).isEmpty();
    PlanDefinition stored =
        (PlanDefinition)
            Objects.requireNonNull(client.create().resource(whole).execute().getResource());
    stored.setTitle("Another");
    assertThat(reasons(refusal(() -> client.update().resource(stored).execute()))).hasSize(1);
    PlanDefinition retired = read(stored);
    retired.setStatus(PublicationStatus.RETIRED);
    client.update().resource(retired).execute();
    PlanDefinition twice = whole.copy();
    twice.setId((String) null);
    assertThat(reasons(refusal(() -> client.create().resource(twice).execute())))
        .singleElement()
        .asString()
        .contains("is already");
  }

  private PlanDefinition read(Resource resource) {
    return client
        .read()
        .resource(PlanDefinition.class)
        .withId(resource.getIdElement().getIdPart())
        .execute();
  }

  /** Of the question the active version stays, and another one than ours is refused. */
  void aQuestionnaireAsksOneThing() {
    Questionnaire form =
        client.read().resource(Questionnaire.class).withId("adjudicated-outcome").execute();
    form.setTitle("Another");
    assertThat(reasons(refusal(() -> client.update().resource(form).execute()))).hasSize(1);
    form.setId((String) null);
    form.setVersion("9.9." + System.identityHashCode(form));
    form.getItem().get(1).setRequired(false);
    form.getItem().get(2).setLinkId("score");
    assertThat(reasons(refusal(() -> client.create().resource(form).execute()))).hasSize(2);
  }
}
