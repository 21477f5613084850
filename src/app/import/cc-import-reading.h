/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-guess.h>
#include <cc/intake/cc-map.h>
#include <cc/intake/cc-preview.h>
#include <cc/intake/cc-profile.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Told from the thread: how far the reading is, or (transfer full) the first rows. */
typedef void (*CcImportTellFunc) (gpointer data, double fraction, CcPreview *first_rows);

/* What is wanted of a file. */
typedef struct
{
  CcSession       *session;
  char            *path;
  char            *entity;      /* sender that a person chose */
  gboolean         said;        /* one did, maybe one that is not in the case file; else: guess */
  gboolean         use_map;     /* the map file beside the sheet */
  gboolean         first_rows;  /* tell the first rows before the rest */
  gboolean         header_rows; /* `keep` says where headers are: read the file with it */
  CcInspection    *known;       /* borrowed: read already; NULL: read the file */
  CcMap           *keep;        /* decisions made by hand that stay; NULL for none */
  CcImportTellFunc tell;
  gpointer         tell_data; /* a GObject, owned */
} CcImportRequest;

/* What was found. */
typedef struct
{
  CcInspection *inspection; /* NULL where the request brought one */
  CcGuess      *guess;      /* anew, as agencies may have come since */
  GPtrArray    *entities;
  GPtrArray    *submissions;
  char         *entity;
  char         *map_path;
  CcProfile    *profile;
  CcDrift      *drift;
  CcReading    *reading;
  CcMap        *map;
} CcImportReading;

CcImportRequest *cc_import_request_new (CcSession *session, const char *path);
void             cc_import_request_free (CcImportRequest *self);

/* Blocks: for a thread. */
CcImportReading      *
cc_import_reading_load (CcImportRequest *request, GCancellable *cancellable, GError **error);
void cc_import_reading_free (CcImportReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcImportReading, cc_import_reading_free)

G_END_DECLS
