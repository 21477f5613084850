/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/model/cc-record.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-case-file.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-records.h>

#define PASSPHRASE "four quiet river stones"

/* A case file in a folder of its own. */
typedef struct
{
  CcPack     *pack;
  char       *folder;
  char       *path;
  CcCaseFile *file;
} Fixture;

void       fixture_set_up (Fixture *fixture, gconstpointer data);
void       fixture_tear_down (Fixture *fixture, gconstpointer data);
void       fixture_close (Fixture *fixture);
void       fixture_open (Fixture *fixture);
char      *fixture_sibling (Fixture *fixture, const char *suffix);
void       fixture_act (Fixture *fixture, CcActFunc func, gpointer data);
char      *fixture_hash (Fixture *fixture);
gint64     fixture_count (Fixture *fixture, const char *sql);
GPtrArray *fixture_problems (Fixture *fixture);

CcRecord *make_victim (CcPack *pack, guint number, const char *family);
CcValue  *set_code (CcRecord *record, CcPack *pack, const char *id, const char *code);
CcValue  *set_text (CcRecord *record, CcPack *pack, const char *id, const char *text);
gint64    put (CcAct *act, CcRecord *record, CcPutResult expected);

typedef struct
{
  guint  first;
  guint  n;
  gint64 ids[64]; /* of the first records */
} Victims;

gboolean add_victims (CcAct *act, gpointer data, GError **error);
