// esbuild gathers the style sheets into page.css; to the type checker they hold nothing.
declare module '*.css';
