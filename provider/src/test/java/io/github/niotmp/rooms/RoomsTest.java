package io.github.niotmp.rooms;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final String BASE = "io.github.niotmp.";

  @Test
  void eachRoomKnowsOnlyThoseBelowIt() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.niotmp");

    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .ensureAllClassesAreContainedInArchitectureIgnoring("io.github.niotmp")
        .layer("provider")
        .definedBy(BASE + "provider")
        .layer("attribute")
        .definedBy(BASE + "attribute")
        .layer("url")
        .definedBy(BASE + "url")
        .layer("watch")
        .definedBy(BASE + "watch")
        .layer("channel")
        .definedBy(BASE + "channel")
        .layer("spooled")
        .definedBy(BASE + "volume.spooled")
        .layer("hostVolume")
        .definedBy(BASE + "volume.host")
        .layer("volume")
        .definedBy(BASE + "volume")
        .layer("tree")
        .definedBy(BASE + "tree")
        .layer("content")
        .definedBy(BASE + "content")
        .layer("memory")
        .definedBy(BASE + "memory")
        .layer("host")
        .definedBy(BASE + "host")
        .layer("session")
        .definedBy(BASE + "session")
        .layer("account")
        .definedBy(BASE + "account")
        .layer("path")
        .definedBy(BASE + "path")
        .layer("buffer")
        .definedBy(BASE + "buffer")
        .layer("lock")
        .definedBy(BASE + "lock")
        .layer("event")
        .definedBy(BASE + "event")
        .layer("usage")
        .definedBy(BASE + "usage")
        .layer("cleanup")
        .definedBy(BASE + "internal.cleanup")
        .layer("closing")
        .definedBy(BASE + "internal.closing")
        .layer("foreign")
        .definedBy(BASE + "internal.foreign")
        .layer("mapping")
        .definedBy(BASE + "internal.mapping")
        .layer("mode")
        .definedBy(BASE + "internal.mode")
        .layer("report")
        .definedBy(BASE + "internal.report")
        .layer("search")
        .definedBy(BASE + "internal.search")
        .layer("spi")
        .definedBy(BASE + "internal.spi")
        .layer("thread")
        .definedBy(BASE + "internal.thread")
        .layer("trust")
        .definedBy(BASE + "internal.trust")
        .layer("text")
        .definedBy(BASE + "internal.text")
        .layer("file")
        .definedBy(BASE + "internal.file")
        .layer("persist")
        .definedBy(BASE + "internal.persist")
        .whereLayer("text")
        .mayOnlyBeAccessedByLayers("file")
        .whereLayer("file")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("persist")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("provider")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("attribute")
        .mayOnlyBeAccessedByLayers("provider")
        .whereLayer("url")
        .mayOnlyBeAccessedByLayers("provider")
        .whereLayer("url")
        .mayNotAccessAnyLayer()
        .whereLayer("watch")
        .mayOnlyBeAccessedByLayers("provider")
        .whereLayer("channel")
        .mayOnlyBeAccessedByLayers("provider")
        .whereLayer("spooled")
        .mayOnlyBeAccessedByLayers("provider")
        .whereLayer("hostVolume")
        .mayOnlyBeAccessedByLayers("provider")
        .whereLayer("volume")
        .mayOnlyBeAccessedByLayers(
            "provider", "attribute", "watch", "channel", "spooled", "hostVolume")
        .whereLayer("tree")
        .mayOnlyBeAccessedByLayers("spooled")
        .whereLayer("content")
        .mayOnlyBeAccessedByLayers("provider", "spooled", "tree")
        .whereLayer("memory")
        .mayOnlyBeAccessedByLayers("provider", "content")
        .whereLayer("memory")
        .mayNotAccessAnyLayer()
        .whereLayer("host")
        .mayOnlyBeAccessedByLayers("provider", "spooled", "hostVolume", "tree", "content")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("host")
        .whereLayer("search")
        .mayOnlyBeAccessedByLayers("host", "session")
        .whereLayer("search")
        .mayOnlyAccessLayers("cleanup", "foreign", "report", "trust")
        .whereLayer("trust")
        .mayOnlyBeAccessedByLayers("cleanup", "file", "search", "session", "host")
        .whereLayer("trust")
        .mayOnlyAccessLayers("mode")
        .whereLayer("mode")
        .mayNotAccessAnyLayer()
        .whereLayer("buffer")
        .mayOnlyBeAccessedByLayers("channel", "content")
        .whereLayer("buffer")
        .mayNotAccessAnyLayer()
        .whereLayer("lock")
        .mayOnlyBeAccessedByLayers("tree", "content")
        .whereLayer("lock")
        .mayNotAccessAnyLayer()
        .whereLayer("account")
        .mayNotAccessAnyLayer()
        .whereLayer("cleanup")
        .mayOnlyBeAccessedByLayers(
            "search",
            "host",
            "session",
            "channel",
            "provider",
            "spooled",
            "hostVolume",
            "volume",
            "persist")
        .whereLayer("closing")
        .mayNotAccessAnyLayer()
        .whereLayer("foreign")
        .mayNotAccessAnyLayer()
        .whereLayer("foreign")
        .mayOnlyBeAccessedByLayers(
            "provider", "cleanup", "file", "persist", "search", "session", "host", "hostVolume")
        .whereLayer("mapping")
        .mayOnlyBeAccessedByLayers(
            "file", "channel", "volume", "spooled", "hostVolume", "content", "host")
        .whereLayer("mapping")
        .mayNotAccessAnyLayer()
        .whereLayer("report")
        .mayOnlyAccessLayers("thread")
        .whereLayer("thread")
        .mayOnlyBeAccessedByLayers(
            "cleanup",
            "report",
            "persist",
            "host",
            "session",
            "channel",
            "hostVolume",
            "volume",
            "content",
            "provider")
        .whereLayer("thread")
        .mayNotAccessAnyLayer()
        .whereLayer("spi")
        .mayOnlyBeAccessedByLayers("provider", "channel", "file", "cleanup")
        .whereLayer("spi")
        .mayNotAccessAnyLayer()
        .whereLayer("event")
        .mayOnlyBeAccessedByLayers("provider", "spooled", "hostVolume", "volume", "content", "host")
        .whereLayer("event")
        .mayOnlyAccessLayers("report")
        .whereLayer("usage")
        .mayOnlyBeAccessedByLayers("provider", "spooled", "hostVolume", "volume", "content")
        .whereLayer("usage")
        .mayNotAccessAnyLayer()
        .check(classes);
  }
}
