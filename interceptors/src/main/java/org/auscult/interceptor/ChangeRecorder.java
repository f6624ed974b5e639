package org.auscult.interceptor;

import org.hl7.fhir.r4.model.Resource;

/** Port: follows the record's changes within the transaction that makes them. */
public interface ChangeRecorder {
  /** A version was created or updated; it bears id, version and {@code meta.lastUpdated}. */
  void written(Resource resource);

  /** Something is about to be deleted; of a deletion by search the rest is told only at commit. */
  void deleting();

  /** A resource was deleted; what is given is its last version. */
  void deleted(Resource resource);

  /** All versions, or one old version, of a resource are about to be erased. */
  void expunged(Resource resource);

  /** The whole record is about to be erased. */
  void allExpunged();
}
