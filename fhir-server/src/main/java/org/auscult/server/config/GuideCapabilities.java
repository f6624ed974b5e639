package org.auscult.server.config;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.OperationDefinition;

/**
 * HAPI's CapabilityStatement. HAPI answers every read of an OperationDefinition with the ones that
 * it generates; here those that are stored, as the guide's are, can be read too.
 */
public final class GuideCapabilities extends JpaCapabilityStatementProvider {
  private final DaoRegistry daos;

  GuideCapabilities(
      RestfulServer server,
      IFhirSystemDao<?, ?> systemDao,
      JpaStorageSettings storage,
      ISearchParamRegistry searchParameters,
      IValidationSupport validation,
      DaoRegistry daos) {
    super(server, systemDao, storage, searchParameters, validation);
    this.daos = daos;
    // Everybody may read it, and how many there are of what is nobody's to know.
    setIncludeResourceCounts(false);
  }

  @Read(typeName = "OperationDefinition")
  @Override
  public IBaseResource readOperationDefinition(@IdParam IIdType id, RequestDetails request) {
    try {
      return super.readOperationDefinition(id, request);
    } catch (ResourceNotFoundException e) {
      return daos.getResourceDao(OperationDefinition.class).read(id, request);
    }
  }
}
