package io.github.niotmp.tck.suite;

import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.DefaultProvider;
import io.github.niotmp.tck.FileSystemsUnderTest;
import org.junit.platform.suite.api.ConfigurationParameter;

/** Every contract over the default provider and each kind of volume. */
@FileSystemsUnderTest({
  DefaultProvider.class,
  HostSubject.OnDisk.class,
  HostSubject.OnJimfsUnix.class,
  HostSubject.OnJimfsOsX.class,
  HostSubject.OnJimfsWindows.class,
  SpooledSubject.ThresholdZero.class,
  SpooledSubject.ThresholdSevenBytes.class,
  SpooledSubject.NoDescriptors.class,
  SpooledSubject.DefaultThreshold.class,
  SpooledSubject.UnlimitedThreshold.class,
  SpooledSubject.TinyBudget.class,
  SpooledSubject.SevenBytesOnJimfs.class
})
@ConfigurationParameter(key = ConformanceKit.TIME_LIMIT, value = "120")
public class ConformanceTest extends ConformanceKit {}
