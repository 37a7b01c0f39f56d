import type { WireBlock } from '../page-api.ts';
import { type DrawnBlock, drawnBlock } from './block-kit.ts';
import { ElementView } from './element-view.tsx';
import { InputRow } from './input-row.tsx';
import { LibraryBlock } from './library-block.tsx';
import { BlockText } from './mrkdwn-text.tsx';
import type { Surface } from './surface.ts';

interface BlocksProps {
  readonly blocks: readonly WireBlock[];
  readonly surface: Surface;
  /** The message's text, for a block that the page cannot draw. */
  readonly insteadText: string;
}

/** Blocks in order. Texts and everything with a handler are our own; the library draws what only looks. */
export const Blocks = ({ blocks, surface, insteadText }: BlocksProps) => (
  <div className="blocks">
    {blocks.map((wire, index) => {
      const block = drawnBlock.safeParse(wire).data;
      // By place, since an updated message gets new block ids and a pressed button must keep its focus; a field by its name.
      const key = wire.type === 'input' ? (wire.block_id ?? index) : index;
      return block === undefined ? (
        <LibraryBlock key={key} block={wire} insteadText={insteadText} />
      ) : (
        <Block key={key} block={block} surface={surface} />
      );
    })}
  </div>
);

const Block = ({ block, surface }: { block: DrawnBlock; surface: Surface }) => {
  switch (block.type) {
    case 'header':
      return (
        <h3 className="block-header">
          <BlockText text={block.text} />
        </h3>
      );
    case 'divider':
      return <hr />;
    case 'section':
      return <Section block={block} surface={surface} />;
    case 'context':
      return (
        <div className="block-context">
          {block.elements.map((part, index) =>
            part.type === 'image' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no id.
              <img key={index} src={part.image_url} alt={part.alt_text} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no id.
              <span key={index}>
                <BlockText text={part} />
              </span>
            ),
          )}
        </div>
      );
    case 'actions':
      return (
        <div className="block-actions">
          {block.elements.map((one) => (
            <ElementView key={one.action_id} blockId={block.block_id} element={one} surface={surface} />
          ))}
        </div>
      );
    case 'input':
      return <InputRow block={block} surface={surface} />;
    case 'image':
      return (
        <figure className="block-image">
          {block.title !== undefined && (
            <figcaption>
              <BlockText text={block.title} />
            </figcaption>
          )}
          {block.image_url !== undefined && <img src={block.image_url} alt={block.alt_text} />}
        </figure>
      );
  }
};

const Section = ({
  block,
  surface,
}: {
  block: Extract<DrawnBlock, { type: 'section' }>;
  surface: Surface;
}) => (
  <div className="block-section">
    <div className="block-section-text">
      {block.text !== undefined && (
        <div className="block-text">
          <BlockText text={block.text} />
        </div>
      )}
      {block.fields !== undefined && (
        <div className="block-fields">
          {block.fields.map((field, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fields have no id.
            <div key={index}>
              <BlockText text={field} />
            </div>
          ))}
        </div>
      )}
    </div>
    {block.accessory !== undefined && (
      <ElementView
        blockId={block.block_id}
        element={block.accessory}
        surface={surface}
        labelText={block.text?.text}
      />
    )}
  </div>
);
