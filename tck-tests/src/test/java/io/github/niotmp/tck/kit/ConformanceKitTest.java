package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.FileSystemsUnderTest;
import io.github.niotmp.tck.Subject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The kit itself: who is tested, what is skipped, and how failures are explained. */
class ConformanceKitTest {

  private static KitRun run(Class<? extends Subject> subject) {
    return KitRun.of(SampleChecks.class, Map.of(ConformanceKit.SUBJECTS, subject.getName()));
  }

  @Suite
  @SelectClasses(SampleChecks.class)
  @FileSystemsUnderTest(SampleSubject.class)
  static class Annotated {}

  @Suite
  @SelectClasses(SampleChecks.class)
  static class NotAnnotated {}

  @FileSystemsUnderTest(SampleSubject.class)
  static class OneSubclass extends SampleChecks {}

  static class OfAllContracts extends ConformanceKit {}

  /** Loads the kit anew, and hides the suite engine from it. */
  private static final class WithoutTheSuiteEngine extends URLClassLoader {
    WithoutTheSuiteEngine() {
      super(
          new URL[] {locationOf(ConformanceKit.class), locationOf(OfAllContracts.class)},
          ConformanceKitTest.class.getClassLoader());
    }

    private static URL locationOf(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.junit.platform.suite.engine.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.github.niotmp.tck.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  /** Calls the test that JUnit Jupiter runs in a suite of the kit. */
  private static void callCheckOf(Class<?> suite) throws ReflectiveOperationException {
    Constructor<?> constructor = suite.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method check = suite.getSuperclass().getDeclaredMethod("theSuiteEngineRunsTheContracts");
    check.setAccessible(true);
    assertThat(check.isAnnotationPresent(Test.class)).isTrue();
    check.invoke(constructor.newInstance());
  }

  @Test
  void suiteWithoutItsEngineFailsAndNamesTheArtifact() throws Exception {
    callCheckOf(OfAllContracts.class);

    try (WithoutTheSuiteEngine loader = new WithoutTheSuiteEngine()) {
      Class<?> suite = loader.loadClass(OfAllContracts.class.getName());

      assertThatThrownBy(() -> callCheckOf(suite))
          .cause()
          .hasMessageContainingAll("No contract runs", "org.junit.platform:junit-platform-suite");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {SampleChecks.class, NotAnnotated.class})
  void contractWithoutASubjectFailsAndSaysHowToNameOne(Class<?> test) {
    KitRun run = KitRun.of(test, Map.of());

    assertThat(run.passed()).isZero();
    assertThat(run.failures().values())
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("SampleChecks has no file system to test")
                    .contains("@FileSystemsUnderTest(MySubject.class)")
                    .contains(ConformanceKit.SUBJECTS));
  }

  @ParameterizedTest
  @ValueSource(classes = {Annotated.class, OneSubclass.class})
  void annotationOfASuiteOrOfAContractNamesTheSubject(Class<?> test) {
    KitRun run = KitRun.of(test, Map.of());

    assertThat(run.passed()).isEqualTo(3);
    assertThat(run.failures().keySet())
        .containsExactlyInAnyOrder(
            "SampleChecks.failing on sample", "SampleChecks.rows [odd] on sample");
  }

  @Test
  void wrongSubjectIsRefusedWithItsName() {
    KitRun run = KitRun.of(SampleChecks.class, Map.of(ConformanceKit.SUBJECTS, "java.lang.String"));

    assertThat(run.failures().values())
        .first()
        .asString()
        .contains("'java.lang.String'", "a class that implements Subject");
  }

  @Test
  void patternThatMatchesNoSubjectIsRefused() {
    KitRun run = KitRun.of(Annotated.class, Map.of(ConformanceKit.SELECT, "other"));

    assertThat(run.passed()).isZero();
    assertThat(run.failures().values()).first().asString().contains("'other'", "[sample]");
  }

  @Test
  void testsOfTheOtherTierAndOfMissingFeaturesAreSkippedWithTheReason() {
    KitRun run = run(SampleSubject.class);

    assertThat(run.reasons())
        .containsEntry(
            "SampleChecks.ofLinux on sample", "sample does not claim the tier 'as on Linux'")
        .containsEntry("SampleChecks.needing on sample", "sample lacks HARD_LINKS")
        .containsEntry("SampleChecks.without on sample", "sample has SYMBOLIC_LINKS");
    assertThat(run.passed()).isEqualTo(3);
  }

  @Test
  void failureShowsTheCaseTheSentenceTheLinkAndTheCalls() {
    assertThat(run(SampleSubject.class).failureOf("SampleChecks.failing"))
        .startsWith("SampleChecks.failing on sample (required by the Javadoc):\n")
        .contains("expected: 1L", "but was: 0L")
        .contains("The Javadoc of Files.size(Path):\n  \"Returns the size of a file\"")
        .contains(
            "https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/nio/file/Files.html#size(java.nio.file.Path)");
  }

  @Test
  void failureOfAContractOfTheKitShowsItsCalls() {
    String failure =
        KitRun.of("Move", PeerSubject.OfJimfs.class).failures().values().iterator().next();

    assertThat(failure).contains("The calls of the test:\n  ").contains("root().resolve(");
  }

  @Test
  void statedDeviationsAreSkippedWithTheReason() {
    KitRun run = run(SampleSubject.Known.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.reasons())
        .containsEntry("SampleChecks.failing on sample", "sample, BUG: it is made to fail")
        .containsEntry("SampleChecks.rows [odd] on sample", "sample, BUG: the odd row fails");
  }

  @Test
  void deviationOfAPassingTestFails() {
    assertThat(run(SampleSubject.Stale.class).failureOf("SampleChecks.passing"))
        .contains("passes on sample: remove its @Deviation, 'mended since'");
  }

  @ParameterizedTest
  @ValueSource(classes = {SampleSubject.Racy.class, SampleSubject.OfLaterJdk.class})
  void deviationOfSomeRunsOrOfOtherJdksIsNeverStale(Class<? extends Subject> subject) {
    assertThat(run(subject).failures()).doesNotContainKey("SampleChecks.passing on sample");
  }

  @Test
  void deviationOfAnUnknownTestFailsTheContract() {
    KitRun run = run(SampleSubject.UnknownTest.class);

    assertThat(run.passed()).isZero();
    assertThat(run.failures().values())
        .containsExactly(
            "sample states a @Deviation in SampleChecks, test 'renamed': the contract has no test"
                + " of this name");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        SampleSubject.UnknownTest.class,
        SampleSubject.UnknownRow.class,
        SampleSubject.WithoutATier.class
      })
  void summaryAndReportNameEachContractThatDoesNotStart(
      Class<? extends Subject> subject, @TempDir Path directory) throws IOException {
    Path report = directory.resolve("report.md");

    KitRun run =
        KitRun.of(
            SampleChecks.class,
            Map.of(
                ConformanceKit.SUBJECTS,
                subject.getName(),
                ConformanceKit.REPORT,
                report.toString()));

    assertThat(run.output()).containsPattern("NOT STARTED: SampleChecks.*sample (states|claims)");
    assertThat(Files.readString(report))
        .containsPattern("\\| SampleChecks.* \\| .*sample (states|claims)");
  }

  @Test
  void deviationOfAnUnknownRowFails() {
    assertThat(run(SampleSubject.UnknownRow.class).failures().values())
        .anySatisfy(
            message -> assertThat(message).contains("test 'rows': the contract has no row 'none'"));
  }

  @Test
  void hangingTestIsGivenUpAndTheNextOneRuns() {
    KitRun run =
        KitRun.of(
            SampleChecks.HangingChecks.class,
            Map.of(
                ConformanceKit.SUBJECTS,
                SampleSubject.class.getName(),
                ConformanceKit.TIME_LIMIT,
                "1"));

    assertThat(run.passed()).isEqualTo(1);
    assertThat(run.failureOf("HangingChecks.hanging"))
        .contains("has not ended after 1 s, and ended when interrupted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1s", "", "9999999999"})
  void wrongTimeLimitIsRefusedWithTheAllowedOnes(String limit) {
    KitRun run = KitRun.of(OneSubclass.class, Map.of(ConformanceKit.TIME_LIMIT, limit));

    assertThat(run.passed()).isZero();
    assertThat(run.failureOf("SampleChecks.passing"))
        .contains("'" + limit + "'", "seconds from 1 to 999999999");
  }

  @Test
  void rootThatIsNotEmptyIsRefused() {
    assertThat(run(SampleSubject.NotEmpty.class).failureOf("SampleChecks.passing"))
        .contains("The root /root of sample is not empty: left is in it");
  }

  @Test
  void fixtureThatFailsToCloseFailsTheTest() {
    assertThat(run(SampleSubject.FailingToClose.class).failureOf("SampleChecks.passing"))
        .contains("something is left");
  }

  @Test
  void eachFixtureThatFailsToCloseIsReported() {
    KitRun run =
        KitRun.of(
            SampleChecks.OfTwoFileSystems.class,
            Map.of(ConformanceKit.SUBJECTS, SampleSubject.FailingToClose.class.getName()));

    assertThat(run.failureOf("OfTwoFileSystems.opening")).contains("something is left");
    assertThat(run.suppressed()).contains("something is left");
  }

  @Test
  void summaryCountsByTierAndFeature() {
    assertThat(run(SampleSubject.Known.class).output())
        .containsPattern("sample +passed +failed +deviates +skipped")
        .containsPattern("required by the Javadoc +1 +0 +1 +0")
        .containsPattern("as on Linux +0 +0 +0 +1")
        .containsPattern("of your own +2 +0 +1 +2")
        .containsPattern("SYMBOLIC_LINKS +1 +0 +0 +0")
        .containsPattern("no SYMBOLIC_LINKS +0 +0 +0 +1");
  }

  @Test
  void reportNamesEachFailureWithItsSentence(@TempDir Path directory) throws IOException {
    Path report = directory.resolve("report.md");

    KitRun.of(OneSubclass.class, Map.of(ConformanceKit.REPORT, report.toString()));

    assertThat(Files.readString(report))
        .contains("| sample | required by the Javadoc | 1 | 1 | 0 | 0 |")
        .containsPattern(
            "\\| sample \\| SampleChecks.failing \\| .*expected: 1L but was: 0L.*"
                + "\\[Files.size\\(Path\\)\\]\\(https://.*\\): Returns the size of a file \\|");
  }

  @Test
  void deviationDoesNotExcuseAFixtureThatFailsToClose() {
    assertThat(
            run(SampleSubject.DeviatingAndFailingToClose.class).failureOf("SampleChecks.passing"))
        .contains("its fixture", "something is left");
  }

  @Test
  void subjectWithoutATierIsRefused() {
    assertThat(run(SampleSubject.WithoutATier.class).failures().values())
        .first()
        .asString()
        .contains("sample claims no tier");
  }

  @Test
  void deviationOfARowOfATestWithoutRowsFails() {
    assertThat(run(SampleSubject.RowOfATestWithoutRows.class).failures().values())
        .anySatisfy(
            message ->
                assertThat(message).contains("test 'failing': the contract has no row 'any'"));
  }

  @Test
  void suitesOfOneProcessShareAReport(@TempDir Path directory) throws IOException {
    Map<String, String> report =
        Map.of(ConformanceKit.REPORT, directory.resolve("report.md").toString());

    KitRun.of(OneSubclass.class, report);
    KitRun.of(Annotated.class, report);

    assertThat(Files.readString(directory.resolve("report.md")))
        .containsPattern(
            "(?s)required by the Javadoc \\| 1 \\| 1.*required by the Javadoc \\| 1 \\| 1");
  }
}
