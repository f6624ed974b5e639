package org.auscult.server.notification;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import org.auscult.feature.fhir.Profiles;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.server.alert.Existing;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;

/** Which model version a Device stands for. */
final class ModelDevices {
  private static final String URI = "urn:ietf:rfc:3986";

  private final IFhirResourceDao<Device> devices;

  ModelDevices(IFhirResourceDao<Device> devices) {
    this.devices = devices;
  }

  /**
   * The model of a Device.
   *
   * @param reference {@code Device/ID}
   * @return {@code url|version}; null if it stands for no model that is here
   */
  @Nullable String model(String reference) {
    Device device = Existing.find(devices, new IdType(reference).getIdPart());
    if (device == null || !Profiles.claims(device, ModelUrls.MODEL_DEVICE)) {
      return null;
    }
    return device.getIdentifier().stream()
        .filter(identifier -> URI.equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .findFirst()
        .orElse(null);
  }

  /** The model that an issue is about; null if it is about none. */
  @Nullable String model(DetectedIssue issue) {
    return issue.hasImplicated() ? model(issue.getImplicatedFirstRep().getReference()) : null;
  }
}
