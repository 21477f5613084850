/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-window.h"

typedef struct
{
  const char *name;
  int         width;
  int         height;
  gboolean    dark;
  int         dpi; /* in points of GTK: 96 * 1024 is 100 % */
} Look;

/* The pictures of one look in one language. */
typedef struct Tour Tour;
struct Tour
{
  const char *demo;
  const char *passphrase;
  const char *folder;
  const char *prefix;
  const Look *look;
  /* Told of every window at rest in the place of a picture; NULL for pictures. window: NULL where
   * nothing stands in front that should. */
  void (*tell) (const Tour *tour, GtkWidget *window, const char *name);
};

/* Writes a picture of a window that is at rest, and says if it asks for more width than there is.
 */
void tour_show (const Tour *tour, gpointer window, const char *name);

/* What asks for more than so many pixels of width, and for how many; NULL where nothing does. */
char *tour_find_wide (GtkWidget *window, int most);

CcWindow *tour_open_window (const Tour *tour);

/* A case file of the folder of the tour; NULL where it is missing. */
CcWindow *tour_open_file (const Tour *tour, const char *name);
void      tour_close_file (CcWindow *window);

/* The window that was presented last, in front of another; or that one. */
GtkWindow *tour_find_front (GtkWindow *behind);

/* Takes a picture of what stands in front and closes it. */
void tour_take_front (const Tour *tour, CcWindow *window, const char *name);
