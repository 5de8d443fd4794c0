package org.lyceum.transforms;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.lyceum.transforms", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

  /** They are tested with a string and run anywhere; a DoFn only carries. */
  @ArchTest
  static final ArchRule parsersAndClientsDoNotKnowBeam =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Parser")
          .or()
          .haveSimpleNameEndingWith("Client")
          .or()
          .resideInAPackage("org.lyceum.transforms.parse..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  /** What two sources need is a house matter; a source can be taken out alone. */
  @ArchTest
  static final ArchRule sourcesDoNotImportEachOther =
      slices()
          .matching("org.lyceum.transforms.(edx|openstax|kinesinlms|gooru|opencast|zoom|banner)..")
          .should()
          .notDependOnEachOther();

  /** The same transforms run on every runner; profiles of runners are the pipelines' matter. */
  @ArchTest
  static final ArchRule transformsKnowBeamButNoRunner =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..");
}
