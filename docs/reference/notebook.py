"""npcompare in a notebook: open this file in Jupyter or VS Code, or run it as it is."""

# %%
from npcompare import classify, load_corpus

corpus = load_corpus()
print(corpus)

# %% The last value of a cell is shown as a table: here, the provisions of the collection.
corpus

# %% Two provisions side by side, with the words that prove each class and who reaches further.
comparison = corpus.compare("kenya", "coe-26")
print(comparison)
comparison

# %% The classes of one provision, each with its reasons.
kenya = corpus.classify("kenya")
print(kenya)
kenya

# %% All cells as a data frame: a row for each class. Polars works as well: to_frame("polars").
cells = corpus.restricted("all").to_frame("pandas")
print(f"\n{len(cells):,} cells of {cells['provision_id'].nunique()} provisions")
print(cells.groupby("basis", observed=True).size().to_string())

# %% Words of the codebook are in its order, so tables are in the order of the codebook.
operative = cells[cells["effect"] == "operative"]
thresholds = operative[operative["dimension_id"] == "threshold"]
print()
print(thresholds.groupby("label", observed=True)["provision_id"].nunique().to_string())

# %% A cell with several values is a list; explode gives each a row of its own.
quoted = cells[cells["dimension_id"] == "threshold"].explode("quotations")
print()
for cell in quoted.dropna(subset="quotations").head(3).itertuples():
    print(f"{cell.provision_id}: “{cell.quotations}”")

# %% Several comparisons with the same treaty: the relation overall, and in one dimension.
print()
for name in ("asean-14-7", "gambia", "unodc-model-13", "wg-2009"):
    result = corpus.compare(name, "coe-26")
    relations = {
        part.dimension: f"{part.hedge} {part.relation}".strip() for part in result.dimensions
    }
    print(f"{name}: {result.overall}; threshold: {relations['threshold']}")

# %% Objects that are made with a codebook alone are shown in the same way.
classify(corpus.codebook, corpus.find("gambia"))
