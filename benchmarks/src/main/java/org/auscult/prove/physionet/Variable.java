package org.auscult.prove.physionet;

import java.util.Arrays;
import java.util.Optional;

/**
 * A variable of the challenge, in the unit that its description gives, and the code under which it
 * is loaded: LOINC where it has one for it, else the challenge's own name.
 */
enum Variable {
  ALBUMIN("Albumin", "1751-7", "g/dL"),
  ALP("ALP", "6768-6", "[iU]/L"),
  ALT("ALT", "1742-6", "[iU]/L"),
  AST("AST", "1920-8", "[iU]/L"),
  BILIRUBIN("Bilirubin", "1975-2", "mg/dL"),
  BUN("BUN", "3094-0", "mg/dL"),
  CHOLESTEROL("Cholesterol", "2093-3", "mg/dL"),
  CREATININE("Creatinine", "2160-0", "mg/dL"),
  DIAS_ABP("DiasABP", "", "mm[Hg]"),
  FIO2("FiO2", "", "1"),
  GCS("GCS", "9269-2", "{score}"),
  GLUCOSE("Glucose", "2345-7", "mg/dL"),
  HCO3("HCO3", "1963-8", "mmol/L"),
  HCT("HCT", "4544-3", "%"),
  HEIGHT("Height", "8302-2", "cm"),
  HR("HR", "8867-4", "/min"),
  K("K", "2823-3", "mmol/L"),
  LACTATE("Lactate", "2524-7", "mmol/L"),
  MAP("MAP", "", "mm[Hg]"),
  MECH_VENT("MechVent", "", "{yes}"),
  MG("Mg", "", "mmol/L"),
  NA("Na", "2951-2", "mmol/L"),
  NI_DIAS_ABP("NIDiasABP", "", "mm[Hg]"),
  NI_MAP("NIMAP", "", "mm[Hg]"),
  NI_SYS_ABP("NISysABP", "", "mm[Hg]"),
  PACO2("PaCO2", "2019-8", "mm[Hg]"),
  PAO2("PaO2", "2703-7", "mm[Hg]"),
  PH("pH", "2744-1", "[pH]"),
  PLATELETS("Platelets", "777-3", "10*3/uL"),
  RESP_RATE("RespRate", "9279-1", "/min"),
  SAO2("SaO2", "2708-6", "%"),
  SYS_ABP("SysABP", "", "mm[Hg]"),
  TEMP("Temp", "8310-5", "Cel"),
  TROPONIN_I("TroponinI", "10839-9", "ug/L"),
  TROPONIN_T("TroponinT", "6598-7", "ug/L"),
  URINE("Urine", "", "mL"),
  WBC("WBC", "6690-2", "10*3/uL"),
  WEIGHT("Weight", "29463-7", "kg");

  private static final String LOINC = "http://loinc.org";

  /** The code system of what has no code of LOINC. */
  static final String OWN = "https://example.org/physionet-2012/CodeSystem/variable";

  private final String inFile;
  private final String loinc;
  private final String unit;

  Variable(String inFile, String loinc, String unit) {
    this.inFile = inFile;
    this.loinc = loinc;
    this.unit = unit;
  }

  static Optional<Variable> named(String inFile) {
    return Arrays.stream(values()).filter(v -> v.inFile.equals(inFile)).findFirst();
  }

  /** Its name in the file. */
  String inFile() {
    return inFile;
  }

  String system() {
    return loinc.isEmpty() ? OWN : LOINC;
  }

  String code() {
    return loinc.isEmpty() ? inFile : loinc;
  }

  String unit() {
    return unit;
  }

  /** Whether -1 stands for what was not recorded: among the general descriptors it does. */
  boolean isDescriptor() {
    return this == HEIGHT || this == WEIGHT;
  }
}
