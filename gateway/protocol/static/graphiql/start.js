// Starts GraphiQL on the page's own address; the texts come from the page, in the language of the reader.
const root = document.getElementById("graphiql");
const { hint } = root.dataset;
const url = new URL(location.pathname, location.origin);
const subscriptionUrl = url.href.replace(/^http/, "ws");

const fetcher = GraphiQL.createFetcher({ url: url.href, subscriptionUrl });

ReactDOM.createRoot(root).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: hint.replace(/^/gm, "# ") + "\n\n{\n  __typename\n}\n",
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: false,
  }),
);
