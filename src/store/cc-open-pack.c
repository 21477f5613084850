/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-open-private.h"
#include "cc-seal-private.h"

gboolean
cc_open_write_pack_meta (CcCaseFile *self, CcConnection *connection, GError **error)
{
  g_autofree char *version = g_strdup_printf ("%d", cc_pack_get_version (self->pack));
  g_autofree char *checksum = cc_pack_get_checksum (self->pack);

  return cc_case_file_write_meta (connection, "pack", cc_pack_get_id (self->pack), error)
         && cc_case_file_write_meta (connection, "pack-version", version, error)
         && cc_case_file_write_meta (connection, "pack-checksum", checksum, error);
}

/* A newer edition of the pack adds variables, codes and roll-ups; what has an id keeps it. */
gboolean
cc_open_follow_pack (CcCaseFile *self, CcConnection *connection, GError **error)
{
  g_autofree char *stored = cc_case_file_read_meta (connection, "pack-checksum", NULL);
  g_autofree char *current = cc_pack_get_checksum (self->pack);
  gboolean         changed = FALSE;
  gboolean         sealed;
  const guint      seals = cc_seal_list_intact (connection, &sealed);

  if (g_strcmp0 (stored, current) == 0)
    {
      if (!sealed)
        cc_seal_begin (connection);
      return TRUE;
    }
  if (cc_connection_execute (connection, "BEGIN IMMEDIATE", error)
      && cc_dictionary_assign (self->dictionary, connection, &changed, error)
      && cc_schema_create_units (connection, self->pack, self->dictionary, error)
      && cc_schema_create_person_fact (connection, self->pack, error)
      && cc_connection_execute (connection,
                                "INSERT OR IGNORE INTO dirty_cluster"
                                " SELECT id FROM cluster WHERE state = 0",
                                error)
      && cc_open_write_pack_meta (self, connection, error)
      /* A pack that was just installed has its act. */
      && (g_strcmp0 (stored, "") == 0 || cc_audit_append_to (connection, "pack", error))
      && cc_seal_append_act (connection, "seal", CC_AUDIT_PROGRAM, seals, error)
      && cc_connection_execute (connection, "COMMIT", error))
    return TRUE;
  if (cc_connection_in_transaction (connection))
    (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}
