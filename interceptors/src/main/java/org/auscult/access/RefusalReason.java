package org.auscult.access;

import java.util.Locale;

/** Why a request is refused; the audit log keeps the code. */
public enum RefusalReason {
  /** The access token is missing, or does not verify. */
  NO_TOKEN,
  /** The access token gives no role. */
  NO_ROLE,
  /** No scope of the access token permits it. */
  NO_SCOPE,
  /** Only patient scopes permit it, and there is no patient context. */
  NO_PATIENT_CONTEXT,
  /** The purpose of use does not need it, or is none of the token's. */
  PURPOSE,
  /** No row of the policy allows it. */
  POLICY,
  /** It is of a patient out of reach: answered as if it was not there. */
  OUT_OF_REACH,
  /** The patient withholds a part of what it would tell, by consent or under a label. */
  WITHHELD,
  /** The search would tell of resources that may not be searched. */
  SEARCH_BEYOND_REACH,
  /** A count would count what may not be seen. */
  COUNT_BEYOND_REACH,
  /** A condition or a reference by search would tell of resources out of reach. */
  CONDITION_BEYOND_REACH,
  /** A page, a job or a file of somebody else. */
  NOT_YOURS,
  /** Labels of a resource change by those who may change labels. */
  LABELS,
  /** A site of others is named as the patient's. */
  FOREIGN_SITE;

  /** The attribute of a request that holds the code of the reason why it was refused. */
  public static final String ATTRIBUTE = "org.auscult.refusal";

  /** Such as {@code no-scope}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
