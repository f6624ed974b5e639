package org.auscult.server.binary;

import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Objects;
import org.auscult.server.keys.KeyRing;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreLoadEvent;
import org.hibernate.event.spi.PreLoadEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts every version of a Binary on its way into the table of versions, and decrypts it on its
 * way out. Model packages are Binaries, and so are the files of bulk exports.
 *
 * <p>Idea: where rows are written and read, and nowhere above. So reads, searches, histories and
 * exports, and the question whether anything changed, have the plain text as before, and no road to
 * it is forgotten. Hibernate keeps the values of a row to see later what changed; after a write
 * they are put back, since otherwise each row would seem changed.
 *
 * <p>Threads: safe.
 */
final class BinaryEncryption
    implements PreLoadEventListener,
        PreInsertEventListener,
        PreUpdateEventListener,
        PostInsertEventListener,
        PostUpdateEventListener {
  private static final long serialVersionUID = 1;
  private static final String TYPE = "Binary";

  private final transient SealedText sealing;
  private final int text;
  private final int type;
  private final int resource;
  private final int version;

  private BinaryEncryption(SealedText sealing, EntityPersister versions) {
    List<String> names = List.of(versions.getPropertyNames());
    this.sealing = sealing;
    this.text = place(names, "myResourceTextVc");
    this.type = place(names, "myResourceType");
    this.resource = place(names, "myResourceId");
    this.version = place(names, "myResourceVersion");
  }

  private static int place(List<String> names, String name) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw new IllegalStateException("HAPI's table of versions has no " + name + " any more");
    }
    return place;
  }

  /** From now on Binaries are encrypted. */
  static BinaryEncryption begin(EntityManagerFactory entities, KeyRing keys) {
    SessionFactoryImplementor factory = entities.unwrap(SessionFactoryImplementor.class);
    BinaryEncryption encryption =
        new BinaryEncryption(
            new SealedText(keys),
            factory.getMappingMetamodel().getEntityDescriptor(ResourceHistoryTable.class));
    EventListenerRegistry registry =
        Objects.requireNonNull(
            factory.getServiceRegistry().getService(EventListenerRegistry.class));
    registry.appendListeners(EventType.PRE_LOAD, encryption);
    registry.appendListeners(EventType.PRE_INSERT, encryption);
    registry.appendListeners(EventType.PRE_UPDATE, encryption);
    registry.appendListeners(EventType.POST_INSERT, encryption);
    registry.appendListeners(EventType.POST_UPDATE, encryption);
    return encryption;
  }

  @Override
  public void onPreLoad(PreLoadEvent event) {
    Object[] state = event.getState();
    if (event.getEntity() instanceof ResourceHistoryTable
        && TYPE.equals(state[type])
        && state[text] instanceof String stored) {
      try {
        state[text] = sealing.open(stored, (Long) state[resource], (Long) state[version]);
      } catch (IllegalArgumentException e) {
        throw new InternalErrorException("A Binary was altered in the database", e);
      }
    }
  }

  @Override
  public boolean onPreInsert(PreInsertEvent event) {
    seal(event.getEntity(), event.getState());
    return false;
  }

  @Override
  public boolean onPreUpdate(PreUpdateEvent event) {
    seal(event.getEntity(), event.getState());
    return false;
  }

  private void seal(Object entity, Object[] state) {
    String plain = plain(entity);
    if (plain != null && entity instanceof ResourceHistoryTable row) {
      state[text] =
          sealing.seal(
              plain, Objects.requireNonNull(row.getResourceId().getId()), row.getVersion());
    }
  }

  @Override
  public void onPostInsert(PostInsertEvent event) {
    putBack(event.getEntity(), event.getState());
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    putBack(event.getEntity(), event.getState());
  }

  private void putBack(Object entity, Object[] state) {
    String plain = plain(entity);
    if (plain != null) {
      state[text] = plain;
    }
  }

  /** The text of a version of a Binary; null if it is none, or has none. */
  private static @Nullable String plain(Object entity) {
    return entity instanceof ResourceHistoryTable row && TYPE.equals(row.getResourceType())
        ? row.getResourceTextVc()
        : null;
  }

  @Override
  public boolean requiresPostCommitHandling(EntityPersister persister) {
    return false;
  }
}
