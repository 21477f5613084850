/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-copy-private.h"
#include "cc-family-private.h"
#include "cc-package-private.h"
#include "cc-record-stream-private.h"
#include "cc-said-private.h"
#include "cc-seal-private.h"
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-making.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A package is built from nothing beside the file: never a copy with rows deleted, whose free pages
 * would still hold them. */

/* Digits of an act's number and time in a note are few; a note per record is one short row. */
typedef struct
{
  CcLineage    *lineage; /* of the origin */
  CcTouches    *touches;
  CcConnection *connection;
  CcConnection *package;     /* while it is written */
  gboolean      identifiers; /* leave with the records */
} Origin;

void
cc_package_result_clear (CcPackageResult *self)
{
  g_clear_pointer (&self->head, g_free);
  memset (self, 0, sizeof *self);
}

static gboolean
attach (CcPackageJob *self, GError **error)
{
  const CcKey *key = self->file->key;
  g_autoptr (CcStatement) statement =
      cc_connection_prepare (self->out, "ATTACH DATABASE ?1 AS source KEY ?2", error);
  char     literal[2 * (CC_KEY_SIZE + CC_SALT_SIZE) + 4];
  char    *key_hex;
  char    *salt_hex;
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  key_hex = cc_hex_from_bytes (key->key, CC_KEY_SIZE);
  salt_hex = cc_hex_from_bytes (key->salt, CC_SALT_SIZE);
  g_snprintf (literal, sizeof literal, "x'%s%s'", key_hex, salt_hex);
  cc_statement_bind_text (statement, 1, self->file->path);
  cc_statement_bind_text (statement, 2, literal);
  ok = cc_statement_run (statement, error);
  cc_crypto_wipe (literal, sizeof literal);
  cc_crypto_wipe (key_hex, 2 * CC_KEY_SIZE);
  g_free (key_hex);
  g_free (salt_hex);
  return ok;
}

static char *
join (const char *const *words)
{
  return words != NULL ? g_strjoinv (";", (char **) words) : g_strdup ("");
}

/* In the act that writes the package it is asked again: between the two the file may change. */
static gboolean
check_entities (const CcPackageOrder *order, GError **error)
{
  if (order->entities == NULL || order->entities[0] != NULL)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                       "A package needs at least one agency. Nothing was written.");
  return FALSE;
}

gboolean
cc_package_preview (CcCaseFile           *self,
                    const CcPackageOrder *order,
                    GCancellable         *cancellable,
                    CcPackageResult      *result,
                    GError              **error)
{
  CcPackageResult found = { 0 };
  CcPackageJob    job = { self, order, NULL, &found };
  g_autoptr (CcConnection) out = NULL;

  g_return_val_if_fail (self != NULL && order != NULL && result != NULL, FALSE);
  if (!check_entities (order, error))
    return FALSE;
  out =
      cc_connection_open (":memory:", self->key, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (out == NULL)
    return FALSE;
  cc_connection_set_cancellable (out, cancellable);
  job.out = out;
  if (!attach (&job, error) || !cc_connection_execute (out, "BEGIN", error)
      || !cc_package_choose (&job, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  *result = found;
  return TRUE;
}

/* Without identifiers the package gets a record secret of its own: under the file's the UUIDs of
 * the records would tell the agencies' case numbers to whoever tries them one by one. */
static gboolean
write_secret (CcPackageJob *self, GError **error)
{
  guint8   secret[CC_KEY_SIZE];
  char    *digits;
  gboolean ok = TRUE;

  memcpy (secret, self->file->record_secret, sizeof secret);
  if (!self->order->identifiers)
    ok = cc_crypto_random (secret, sizeof secret, error);
  digits = cc_hex_from_bytes (secret, sizeof secret);
  ok = ok && cc_case_file_write_meta (self->out, "record-secret", digits, error)
       && cc_case_file_write_meta (self->out, CC_FAMILY_META, self->file->family, error);
  cc_crypto_wipe (secret, sizeof secret);
  cc_crypto_wipe (digits, strlen (digits));
  g_free (digits);
  return ok;
}

/* What the package says of itself. The places of the origin's acts are digits of their hashes: they
 * prove kinship and tell nothing. */
static gboolean
write_meta (CcPackageJob *self, Origin *origin, GError **error)
{
  static const char *const inherited[] = { "country", "practice", "pack", "pack-version",
                                           "pack-checksum" };
  g_autoptr (GString) anchors = g_string_new (NULL);
  g_autofree char *entities = join (self->order->entities);
  g_autofree char *units = join (self->order->units);
  g_autofree char *period = cc_interval_is_known (self->order->period)
                                ? cc_interval_to_iso (self->order->period)
                                : g_strdup ("");
  g_autofree char *time =
      g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *id = NULL;
  guint8           bytes[16];
  gboolean         ok = cc_crypto_random (bytes, sizeof bytes, error);

  for (guint i = 0; i < origin->lineage->hashes->len; i++)
    g_string_append (anchors, g_ptr_array_index (origin->lineage->hashes, i));
  id = cc_hex_from_bytes (bytes, sizeof bytes);
  for (guint i = 0; ok && i < G_N_ELEMENTS (inherited); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO main.meta SELECT key, value"
                                              " FROM source.meta WHERE key = '%s'",
                                              inherited[i]);

      ok = cc_connection_execute (self->out, sql, error);
    }
  return ok && write_secret (self, error)
         && cc_case_file_write_meta (self->out, "file-id", id, error)
         && cc_case_file_write_meta (self->out, "package-of", origin->lineage->file_id, error)
         && cc_case_file_write_meta (self->out, "package-head", origin->lineage->head, error)
         && cc_case_file_write_meta (self->out, "package-anchors", anchors->str, error)
         && cc_case_file_write_meta (self->out, "package-identifiers",
                                     self->order->identifiers && origin->lineage->identifiers ? "1"
                                                                                              : "0",
                                     error)
         && cc_case_file_write_meta (self->out, "package-entities", entities, error)
         && cc_case_file_write_meta (self->out, "package-units", units, error)
         && cc_case_file_write_meta (self->out, "package-period", period, error)
         && cc_case_file_write_meta (self->out, "package-time", time, error);
}

static gboolean
check_references (CcPackageJob *self, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->out, "PRAGMA main.foreign_key_check", error);
  gboolean has_row = FALSE;

  if (rows == NULL || !cc_statement_step (rows, &has_row, error))
    return FALSE;
  if (has_row)
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "The package would not have been whole (rows of table “%s” point to what stays "
                 "here), so it was not written. The file itself is untouched. Please report this.",
                 cc_statement_text (rows, 0));
  return !has_row;
}

static gboolean
fill (CcPackageJob *self, Origin *origin, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA main.application_id = %d;"
                                          "PRAGMA main.user_version = %d;",
                                          CC_APPLICATION_ID, self->file->schema_version);

  return attach (self, error)
         && cc_connection_execute (self->out, "PRAGMA foreign_keys = OFF; BEGIN", error)
         && cc_connection_execute (self->out, sql, error) && cc_package_choose (self, error)
         && cc_package_copy (self, error) && write_meta (self, origin, error)
         && check_references (self, error)
         && cc_seal_append_act (self->out, "create", "", CC_SEALS_OF_NEW_FILE, error)
         && cc_connection_execute (self->out, "COMMIT", error);
}

static gboolean
note_head (CcAct *act, gpointer head, GError **error)
{
  return cc_act_log (act, CC_MERGE_TABLE, head, NULL, "through", error);
}

static gboolean
note_record (CcAct *act, Origin *origin, const CcStreamedRecord *streamed, GError **error)
{
  const CcTouch   *touch = cc_touches_find (origin->touches->records, streamed->id);
  const CcSealBond bond = cc_record_stream_get_bond (streamed);
  char             bound[CC_SEAL_RECORD_SIZE + 1];
  char             key[24];
  char             after[64 + CC_SEAL_RECORD_SIZE];

  cc_seal_bind_record (act->digest, &bond, bound);
  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, streamed->id);
  g_snprintf (after, sizeof after, CC_CAME_PREFIX "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT "%c%s",
              touch != NULL ? touch->place : 1, touch != NULL ? touch->time : act->time,
              CC_SEAL_SEPARATOR, bound);
  return cc_act_log (act, "record", key, NULL, after, error);
}

/* Whether the record says what it was stored with: identifiers may stay behind. */
static gboolean
is_whole (CcAct *act, CcStreamedRecord *streamed)
{
  g_autoptr (GPtrArray) stated = NULL;
  guint8 content[CC_CONTENT_SIZE];

  if (streamed->record == NULL)
    return TRUE;
  stated = cc_record_get_stated (streamed->record);
  cc_record_digest (act->digest, act->file->dictionary, streamed->record, stated, content);
  return streamed->digest_size == sizeof content
         && memcmp (streamed->digest, content, sizeof content) == 0;
}

/* Each record's place in the origin's history and the time of its last change there: so a change
 * made in the package is told from one made before, wherever it comes to. */
static gboolean
note_records (CcAct *act, Origin *origin, GError **error)
{
  g_autoptr (CcRecordStream) records = cc_record_stream_new (act->file, act->connection, error);
  CcStreamedRecord *streamed;

  while (records != NULL)
    {
      if (!cc_record_stream_next (records, &streamed, error))
        return FALSE;
      if (streamed == NULL)
        return TRUE;
      if (!is_whole (act, streamed))
        cc_act_seal (act, CC_SEAL_RECORD, streamed->id);
      if (!note_record (act, origin, streamed, error))
        return FALSE;
    }
  return FALSE;
}

/* A package has no acts that brought what is in it: from here on it is sealed. */
static gboolean
seal_deliveries (CcAct *act, GError **error)
{
  static const CcSealKind of_deliveries[] = { CC_SEAL_DELIVERY, CC_SEAL_ROWS, CC_SEAL_COUNTS };

  for (guint i = 0; i < G_N_ELEMENTS (of_deliveries); i++)
    if (!cc_act_seal_all (act, of_deliveries[i], "SELECT id FROM submission", error))
      return FALSE;
  cc_act_seal (act, CC_SEAL_PACK, 0);
  cc_act_seal (act, CC_SEAL_PERSONS, 0);
  return cc_act_seal_began (act, error)
         && cc_act_seal_all (act, CC_SEAL_FINDINGS, "SELECT DISTINCT id / 256 FROM finding", error)
         && cc_act_seal_all (act, CC_SEAL_PROFILE, "SELECT id FROM profile", error)
         && cc_act_seal_all (act, CC_SEAL_VERSION, "SELECT id FROM profile_version", error)
         && cc_act_seal_all (act, CC_SEAL_USER, "SELECT id FROM user", error);
}

/* What is in the package keeps its number. */
static gint64
find_packed (gpointer data, const char *kind, gint64 there)
{
  Origin *origin = data;
  g_autoptr (CcStatement) find = NULL;
  const gboolean   identifiers = strcmp (kind, "identifiers") == 0;
  g_autofree char *sql = NULL;
  gboolean         has_row = FALSE;

  if (identifiers && !origin->identifiers)
    return 0;
  sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?1%s", identifiers ? "record" : kind,
                         identifiers ? " AND basis = 0" : "");
  find = cc_connection_prepare (origin->package, sql, NULL);
  if (find == NULL)
    return 0;
  cc_statement_bind_int64 (find, 1, there);
  return cc_statement_step (find, &has_row, NULL) && has_row ? there : 0;
}

static gboolean
note_origin (CcAct *act, gpointer data, GError **error)
{
  Origin        *origin = data;
  GHashTableIter iter;
  gpointer       head;

  cc_capture_stop (cc_writer_get_capture (act->writer));
  /* Counted anew: a person may have fewer sources here. */
  if (!cc_connection_execute (act->connection,
                              "INSERT OR IGNORE INTO dirty_cluster SELECT id FROM cluster", error))
    return FALSE;
  if (!cc_act_log (act, CC_PACKAGE_TABLE, origin->lineage->head, NULL, "made", error))
    return FALSE;
  g_hash_table_iter_init (&iter, origin->lineage->heads);
  while (g_hash_table_iter_next (&iter, &head, NULL))
    if (!note_head (act, head, error))
      return FALSE;
  origin->package = act->connection;
  return note_records (act, origin, error)
         && cc_said_carry (act, act->file->pack, origin->connection, 0, find_packed, origin, error)
         && seal_deliveries (act, error);
}

/* Opened as anyone will open it; what does not open does not leave. */
static gboolean
finish (CcPackageJob *self,
        const char   *part,
        const char   *passphrase,
        gboolean      locked,
        Origin       *origin,
        GError      **error)
{
  g_autoptr (CcCaseFile) package =
      locked ? cc_case_file_open_locked (part, passphrase, self->file->pack, error)
             : cc_case_file_open (part, passphrase, self->file->pack, CC_OPEN_READ_WRITE, error);
  g_autofree char *user = cc_case_file_get_user (self->file);
  g_autoptr (CcKey) key = NULL;

  if (package == NULL)
    return FALSE;
  package->unnamed = TRUE;
  cc_case_file_set_user (package, user);
  cc_writer_share_refresh (self->file->writer, package->writer);
  /* The file's own is wiped when it is closed. */
  key = cc_key_dup (package->key);
  return cc_case_file_act (package, "package", note_origin, origin, NULL, error)
         && cc_case_file_close (package, error)
         /* Closing leaves the log to the next opening where it cannot be ended; a package may only
          * be read there. */
         && cc_copy_end_log (part, key, error);
}

static CcConnection *
create (const char *part, const char *passphrase, GError **error)
{
  guint8 salt[CC_SALT_SIZE];
  g_autoptr (CcKey) key = NULL;

  if (!cc_crypto_random (salt, sizeof salt, error))
    return NULL;
  key = cc_key_derive (passphrase, salt, error);
  if (key == NULL)
    return NULL;
  /* The database itself would make it for others to read. */
  if (!cc_copy_make_empty (part, error))
    return NULL;
  return cc_connection_open (part, key, SQLITE_OPEN_READWRITE, error);
}

/* In an act of the origin: nothing changes in it while the package is made, and the note that it
 * left stands or falls with it. */
typedef struct
{
  CcPackageJob     job;
  const char      *path;
  const char      *part;
  const char      *passphrase;
  CcPackageDeliver deliver; /* NULL: path is where it goes */
  gpointer         data;
  gboolean         named;  /* it stands under its path */
  gboolean         locked; /* its maker holds its lock */
} Writing;

static gboolean
settle (Writing *self, GError **error)
{
  const gboolean ok = cc_copy_settle (self->part, self->path, FALSE, error);

  self->named = !g_file_test (self->part, G_FILE_TEST_EXISTS);
  return ok;
}

static gboolean
note_leaving (CcAct *act, Writing *self, GError **error)
{
  const CcPackageOrder *order = self->job.order;
  g_autofree char      *name = g_path_get_basename (self->path);
  g_autofree char      *entities = join (order->entities);
  g_autofree char      *units = join (order->units);
  g_autofree char      *period =
      cc_interval_is_known (order->period) ? cc_interval_to_iso (order->period) : g_strdup ("");
  g_autofree char *what =
      g_strdup_printf ("audience=%s entities=%s units=%s period=%s identifiers=%s "
                       "records=%" G_GINT64_FORMAT " head=%s",
                       order->audience != NULL ? order->audience : "authority", entities, units,
                       period, order->identifiers ? "yes" : "no", self->job.result->records,
                       self->job.result->head);

  return cc_act_log (act, CC_PACKAGE_TABLE, name, NULL, what, error);
}

static gboolean
write_package (CcAct *act, gpointer data, GError **error)
{
  Writing *self = data;
  g_autoptr (CcLineage) lineage = cc_lineage_read (act->connection, error);
  g_autoptr (CcTouches) touches = NULL;
  g_autoptr (CcConnection) out = NULL;
  Origin origin;

  if (lineage != NULL)
    touches = cc_touches_read (act->connection, lineage, 0, NULL, error);
  if (touches == NULL)
    return FALSE;
  origin.lineage = lineage;
  origin.touches = touches;
  origin.connection = act->connection;
  origin.package = NULL;
  origin.identifiers = self->job.order->identifiers && lineage->identifiers;
  self->job.result->head = g_strdup (lineage->head);
  out = create (self->part, self->passphrase, error);
  if (out == NULL)
    return FALSE;
  cc_connection_set_cancellable (out, act->cancellable);
  self->job.out = out;
  if (!fill (&self->job, &origin, error))
    return FALSE;
  g_clear_pointer (&out, cc_connection_close);
  return finish (&self->job, self->part, self->passphrase, self->locked, &origin, error)
         && !g_cancellable_set_error_if_cancelled (act->cancellable, error)
         && note_leaving (act, self, error) && settle (self, error)
         && (self->deliver == NULL || self->deliver (self->path, self->data, error));
}

static gboolean
check_order (CcCaseFile           *self,
             const CcPackageOrder *order,
             const char           *path,
             const char           *passphrase,
             GError              **error)
{
  g_autofree char *name = g_path_get_basename (path);

  if (*passphrase == '\0')
    g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                         "A package needs a passphrase of its own; an empty one protects nobody.");
  else if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                 "“%s” exists already and was left as it is. Choose another name for the package.",
                 name);
  else
    return check_entities (order, error);
  return FALSE;
}

gboolean
cc_package_hand_over (CcCaseFile           *self,
                      const CcPackageOrder *order,
                      const char           *path,
                      const char           *passphrase,
                      CcPackageDeliver      deliver,
                      gpointer              data,
                      CcProgress           *progress,
                      CcPackageResult      *result,
                      GError              **error)
{
  CcPackageResult  own = { 0 };
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (CcMaking) made = NULL;
  Writing job = {
    { self, order, NULL, &own }, path, part, passphrase, deliver, data, FALSE, FALSE
  };
  gboolean ok;

  g_return_val_if_fail (self != NULL && order != NULL && path != NULL && passphrase != NULL, FALSE);
  if (!check_order (self, order, path, passphrase, error) || !cc_making_begin (part, &made, error))
    return FALSE;
  job.locked = made != NULL;
  if (progress != NULL)
    cc_progress_begin (progress, "progress.package", 0);
  ok = cc_case_file_act (self, "package", write_package, &job,
                         progress != NULL ? cc_progress_get_cancellable (progress) : NULL, error);
  if (!ok)
    cc_copy_discard (part);
  /* What was not noted does not leave. */
  if (!ok && job.named)
    (void) unlink (path);
  if (ok && result != NULL)
    {
      *result = own;
      own.head = NULL;
    }
  cc_package_result_clear (&own);
  return ok;
}

gboolean
cc_package_write (CcCaseFile           *self,
                  const CcPackageOrder *order,
                  const char           *path,
                  const char           *passphrase,
                  CcProgress           *progress,
                  CcPackageResult      *result,
                  GError              **error)
{
  return cc_package_hand_over (self, order, path, passphrase, NULL, NULL, progress, result, error);
}

/* Returns: (transfer full) (nullable): NULL without an error where the file is no package */
CcPackageInfo *
cc_package_info_read (CcConnection *connection, GError **error)
{
  GError          *problem = NULL;
  g_autofree char *origin = cc_case_file_read_meta (connection, "package-of", &problem);
  g_autofree char *identifiers = NULL;
  g_autofree char *period = NULL;
  g_autofree char *time = NULL;
  CcPackageInfo   *self;

  if (problem != NULL)
    g_propagate_error (error, problem);
  if (origin == NULL)
    return NULL;
  self = g_new0 (CcPackageInfo, 1);
  identifiers = cc_case_file_read_meta (connection, "package-identifiers", NULL);
  period = cc_case_file_read_meta (connection, "package-period", NULL);
  time = cc_case_file_read_meta (connection, "package-time", NULL);
  self->is_package = TRUE;
  self->identifiers = g_strcmp0 (identifiers, "0") != 0;
  self->entities = cc_case_file_read_meta (connection, "package-entities", NULL);
  self->units = cc_case_file_read_meta (connection, "package-units", NULL);
  self->head = cc_case_file_read_meta (connection, "package-head", NULL);
  self->time = time != NULL ? g_ascii_strtoll (time, NULL, 10) : 0;
  if (period == NULL || !cc_interval_from_iso (period, &self->period))
    self->period = (CcInterval){ CC_DAY_NONE, CC_DAY_NONE };
  return self;
}

void
cc_package_info_free (CcPackageInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->entities);
  g_free (self->units);
  g_free (self->head);
  g_free (self);
}
